import type { BatchTask } from '../core/scheduling/batch-task.ts';
import type { FailureMode } from '../core/scheduling/run-event.ts';
import type { TaskEnd } from '../core/scheduling/run-state.ts';
import type { OpenCodeServerPoolOptions } from './pool-options.ts';

/** What is left out: an id by its place, no files, no needs, and the same priority and length as any other. */
export type ExecutorTask = Partial<Omit<BatchTask, 'prompt'>> & {
  readonly prompt: string;
  /** `provider/model` as OpenCode knows it, in place of the agent's. */
  readonly model?: string;
};

export type RunTask<T> = (task: ExecutorTask & { readonly id: string }, signal: AbortSignal) => Promise<T>;

export type ExecutorOptions<T> = {
  /** Does one task; what it rejects with is the task's failure. Left out: OpenCode servers of the executor's own. */
  readonly runTask?: RunTask<T>;
  /** How many at once where a call does not say. Default 3. */
  readonly maxWorkers?: number;
  /** What a failure means for tasks that do not need the failed one. Default `continue`. */
  readonly onFailure?: FailureMode;
  /** Ends a run: what waits and what runs is cancelled. */
  readonly signal?: AbortSignal;
  /** Where OpenCode works. Default: the current folder. */
  readonly directory?: string;
  /** What an agent that writes may do. Default `read-only`. */
  readonly may?: 'read-only' | 'edit-in-project' | 'full';
  readonly pool?: OpenCodeServerPoolOptions;
};

export type TaskReport<T> = {
  readonly id: string;
  /** Exactly one for each task. */
  readonly end: TaskEnd;
  /** What `runTask` gave; `null` for a task that was not done. */
  readonly result: T | null;
  /** What `runTask` rejected with. */
  readonly error: unknown;
  /** Milliseconds since the run began; `null` for a task that never did. */
  readonly startedMs: number | null;
  readonly durationMs: number | null;
};

export type ExecutionReport<T> = {
  /** All of them were done. */
  readonly success: boolean;
  /** In the order in which the tasks were given. */
  readonly results: readonly TaskReport<T>[];
  readonly durationMs: number;
};
