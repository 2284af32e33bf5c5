/**
 * One goal, and what has been done for it. Plain data: written down and read again, it goes on where it was.
 *
 * ```
 *             round-began
 *  planning ──────────────▶ working      the conductor plans a round; its tasks are done, and then judged
 *     ▲                        │
 *     └───── round-judged ─────┤
 *                              ▼
 *                            ended       from both also by a stop, by time, and when nobody goes on
 * ```
 *
 * A round in which the conductor did everything itself is judged without having begun.
 */
export type Autopilot = {
  readonly goal: string;
  readonly directory: string;
  /** Commands that pass when the goal is met; none where the project has none. */
  readonly checks: readonly string[];
  readonly limits: AutopilotLimits;
  readonly startedAt: number;
  readonly stage: Stage;
  /** Those that have been judged, in order. */
  readonly rounds: readonly Round[];
  readonly spentTokens: number;
  /** How often the conductor wanted to end its turn since it last went on. */
  readonly reminders: number;
};

export type AutopilotLimits = {
  readonly rounds: number;
  /** Of other models, in all rounds together; `null`: as many as it takes. */
  readonly tokens: number | null;
  readonly ms: number;
};

export type Stage =
  | { readonly name: 'planning' }
  | { readonly name: 'working'; readonly runId: string; readonly tasks: readonly string[] }
  | { readonly name: 'ended'; readonly reason: EndReason; readonly at: number };

export const END_REASONS = [
  /** Every task is done and every check passes. */
  'goal-met',
  /** Every task is done, and there is no check: that the goal is met is the conductor's word alone. */
  'tasks-done',
  /** Two rounds in a row failed at the same. */
  'no-progress',
  'budget-spent',
  /** Other models refuse for their limits, and none is left to ask. */
  'rate-limited',
  'rounds-spent',
  'time-spent',
  /** The conductor would not go on, however often it was reminded. */
  'not-continued',
  'stopped',
] as const;

export type EndReason = (typeof END_REASONS)[number];

export type Round = {
  readonly tasks: readonly TaskVerdict[];
  readonly checks: readonly CheckVerdict[];
  readonly tokens: number;
};

export type TaskVerdict = {
  readonly id: string;
  /** `own`: it was left to the conductor, which did it itself. */
  readonly outcome: 'done' | 'own' | 'failed' | 'cancelled' | 'skipped';
  /** Why it failed, or was skipped. */
  readonly code: string | null;
};

export type CheckVerdict = {
  readonly command: string;
  readonly passed: boolean;
  /** The same for two failures at the same things. */
  readonly trace: string;
};

export function beginAutopilot(
  given: Pick<Autopilot, 'goal' | 'directory' | 'checks' | 'limits' | 'startedAt'>,
): Autopilot {
  return { ...given, stage: { name: 'planning' }, rounds: [], spentTokens: 0, reminders: 0 };
}

export function isUnderWay({ stage }: Autopilot): boolean {
  return stage.name !== 'ended';
}
