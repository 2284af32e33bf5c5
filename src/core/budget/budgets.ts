/** What the user is ready to spend on delegated work, in tokens; `null`: as much as it takes. */
export type Budgets = {
  readonly task: number | null;
  readonly run: number | null;
  readonly day: number | null;
  readonly session: number | null;
  /** Of all machines that count together; see core/sharing. */
  readonly teamDay: number | null;
  readonly teamMonth: number | null;
  /** The share of a budget, in percent, from which on the user is told. */
  readonly warnAt: number;
  /** Where a call would go whose budget is spent: to Claude, or nowhere. */
  readonly onExceeded: 'claude' | 'stop';
};

/** Of what one budget is. */
export const SCOPES = ['task', 'run', 'day', 'session', 'teamDay', 'teamMonth'] as const;
export type Scope = (typeof SCOPES)[number];

export function hasBudgets(budgets: Budgets): boolean {
  return SCOPES.some((scope) => budgets[scope] !== null);
}
