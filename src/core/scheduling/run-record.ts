import type { TaskEnd } from './run-state.ts';

/** What is written down of a run, as it happens. Tasks are named by their place in the plan. */
export type RunRecord =
  | { readonly type: 'started'; readonly task: number }
  /** From here on its work may leave a mark, if it may write at all. */
  | { readonly type: 'prompted'; readonly task: number; readonly mayWrite: boolean }
  | { readonly type: 'stopping'; readonly task: number }
  | { readonly type: 'ended'; readonly task: number; readonly end: TaskEnd; readonly tokens: number };
