import type { Autopilot, Round } from './autopilot.ts';

export type AutopilotEvent = { readonly at: number } & (
  | { readonly type: 'round-began'; readonly runId: string; readonly tasks: readonly string[] }
  | ({
      readonly type: 'round-judged';
      /** The conductor has a further round in mind, even if nothing failed in this one. */
      readonly more: boolean;
    } & Round)
  /** The conductor wants to end its turn. */
  | { readonly type: 'turn-ending' }
  | { readonly type: 'stopped' }
  /** The user's budgets do not admit the round that was to begin. */
  | { readonly type: 'budget-refused' }
  | { readonly type: 'looked' }
);

export type Refusal = 'has-ended' | 'round-open';

export type Advanced =
  | { readonly ok: true; readonly autopilot: Autopilot }
  | { readonly ok: false; readonly code: Refusal };
