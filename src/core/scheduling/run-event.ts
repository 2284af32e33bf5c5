import type { RunEnd } from './run-state.ts';

export type RunEvent =
  /** Nothing but time, or limits that have changed. */
  | { readonly type: 'look-again' }
  | { readonly type: 'task-ended'; readonly task: number; readonly end: RunEnd; readonly tokens: number }
  /** Whoever ran it is gone, and its work may be done again. */
  | { readonly type: 'task-lost'; readonly task: number }
  | { readonly type: 'cancel-task'; readonly task: number }
  | { readonly type: 'cancel-run' }
  /** Nothing starts any more; what runs may end. */
  | { readonly type: 'wind-up' };

export type RunAction =
  | { readonly type: 'start'; readonly task: number }
  /** Its end is still to be told. */
  | { readonly type: 'stop'; readonly task: number };

export type RunLimits = {
  readonly maxWorkers: number;
  /** How many the pool can take now. */
  readonly capacity: number;
  /** Nothing starts once this much is spent; what runs then may still end. */
  readonly tokenBudget: number | null;
  readonly onFailure: FailureMode;
};

/** What a failure means for tasks that do not need the failed one. */
export type FailureMode =
  /** They go on. */
  | 'continue'
  /** Those that run may end, and nothing starts any more. */
  | 'stop'
  /** Those that run are told to end as well. */
  | 'cancel';
