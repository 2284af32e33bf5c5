import type { TaskPlan } from './plan-tasks.ts';

/**
 * ```
 * waiting ──▶ running ──▶ ended: done, claude, failed, cancelled, interrupted
 *    └───────────────────▶ ended: cancelled, skipped
 * ```
 */
export type TaskState =
  | { readonly name: 'waiting' }
  /** `stopping`: it was told to end, and has not yet. */
  | { readonly name: 'running'; readonly stopping: boolean }
  | { readonly name: 'ended'; readonly end: TaskEnd };

/** Each task has exactly one of them when the run is over. */
export type TaskEnd =
  | RunEnd
  /** It never started. */
  | { readonly outcome: 'skipped'; readonly because: SkipReason };

/** How a task can end that was started. */
export type RunEnd =
  | { readonly outcome: 'done' }
  /** Routing left it on Claude: it was not done here. */
  | { readonly outcome: 'claude'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly code: string; readonly message: string }
  | { readonly outcome: 'cancelled' }
  /** Whoever ran it was lost, and it is not done again. */
  | { readonly outcome: 'interrupted'; readonly reason: InterruptReason };

export type InterruptReason =
  /** It may have left its mark on the files. */
  | 'may-have-written'
  /** Each time it was begun, whoever ran it was lost. */
  | 'lost-too-often';

export type SkipReason =
  /** What it needs was not done; `task` is the one that it names itself. */
  | { readonly code: 'need-not-done'; readonly task: string; readonly outcome: TaskEnd['outcome'] }
  /** Another one failed, and that ends the run. */
  | { readonly code: 'run-stopped'; readonly task: string }
  | { readonly code: 'budget-spent'; readonly tokens: number }
  /** Whoever could do it refuses for now. */
  | { readonly code: 'rate-limited' }
  | { readonly code: 'wound-up' };

/** Plain data: written down and read again, it goes on where it was. Tasks are named by their place in the plan. */
export type RunState = {
  readonly tasks: readonly TaskState[];
  /** For each task how many it waits for still. */
  readonly waitsFor: readonly number[];
  /** Those that wait for nothing but a worker, in their turn. */
  readonly ready: readonly number[];
  readonly running: number;
  readonly spentTokens: number;
  readonly limited: Limited;
};

/** Since a task was last done: how many met a limit, and as which agents. */
export type Limited = { readonly inARow: number; readonly agents: readonly string[] };

export const NOT_LIMITED: Limited = { inARow: 0, agents: [] };

export function beginRun({ tasks, followers, turn }: TaskPlan): RunState {
  const waitsFor: number[] = new Array(tasks.length).fill(0);
  for (const list of followers)
    for (const follower of list) waitsFor[follower] = (waitsFor[follower] ?? 0) + 1;
  const ready = [...tasks.keys()].filter((task) => waitsFor[task] === 0);
  ready.sort((a, b) => (turn[a] ?? 0) - (turn[b] ?? 0));
  const waiting = tasks.map(() => ({ name: 'waiting' }) as const);
  return { tasks: waiting, waitsFor, ready, running: 0, spentTokens: 0, limited: NOT_LIMITED };
}

export function isOver({ tasks }: RunState): boolean {
  return tasks.every(({ name }) => name === 'ended');
}
