/** The seed's ParallelExecutor: many tasks over one graph of their needs and files, by whatever does one of them. */
import type { BatchTask } from '../core/scheduling/batch-task.ts';
import { type PlanProblem, planTasks } from '../core/scheduling/plan-tasks.ts';
import type { RunEnd, TaskEnd } from '../core/scheduling/run-state.ts';
import { describePlanProblems } from '../daemon/runs/describe-plan-problems.ts';
import type {
  ExecutionReport,
  ExecutorOptions,
  ExecutorTask,
  RunTask,
  TaskReport,
} from './executor-options.ts';
import type { PoolAnswer } from './opencode-server-pool.ts';
import { createPoolRunner, type PoolRunner } from './pool-runner.ts';
import { runGraph } from './run-graph.ts';

/** The tasks make no sense together: a cycle, an id that is there twice, a need that is not there. */
export class TaskPlanError extends Error {
  readonly problems: readonly PlanProblem[];

  constructor(problems: readonly PlanProblem[]) {
    super(describePlanProblems(problems));
    this.name = 'TaskPlanError';
    this.problems = problems;
  }
}

const DEFAULT_WORKERS = 3;

/**
 * Runs tasks side by side where their needs and files allow it. A task that fails fails nothing but what needs it.
 *
 * @example
 * const executor = new ParallelExecutor({ runTask: async ({ prompt }) => answer(prompt) });
 * const { success, results } = await executor.executeParallel([
 *   { id: 'api', prompt: 'Write the API', files: ['src/api.ts'] },
 *   { id: 'docs', prompt: 'Describe the API', files: ['docs/api.md'], dependsOn: ['api'] },
 * ], 4);
 * // results[1] → { id: 'docs', end: { outcome: 'done' }, result: …, startedMs: …, durationMs: … }
 */
export class ParallelExecutor<T = PoolAnswer> {
  readonly #options: ExecutorOptions<T>;
  #runner: PoolRunner | null = null;

  constructor(options: ExecutorOptions<T> = {}) {
    this.#options = options;
  }

  /**
   * At most `maxWorkers` at once, the longest remaining way first.
   *
   * @throws TaskPlanError where the tasks make no sense together; nothing has started then.
   */
  executeParallel(
    tasks: readonly ExecutorTask[],
    maxWorkers: number = this.#options.maxWorkers ?? DEFAULT_WORKERS,
  ): Promise<ExecutionReport<T>> {
    return this.#execute(tasks, maxWorkers);
  }

  /**
   * One after the other: of those whose needs are done the highest priority first, then as they were given.
   *
   * @throws TaskPlanError as `executeParallel` does.
   */
  executeSequential(tasks: readonly ExecutorTask[]): Promise<ExecutionReport<T>> {
    // Without lengths no way is longer than another, so their own order counts.
    return this.#execute(
      tasks.map((task) => ({ ...task, estimate: 0 })),
      1,
    );
  }

  /**
   * Every task as soon as what it needs is done and its files are free, whatever their number. The seed's groups, one
   * wholly after the other, would only wait longer.
   *
   * @throws TaskPlanError as `executeParallel` does.
   */
  executeHybrid(tasks: readonly ExecutorTask[]): Promise<ExecutionReport<T>> {
    return this.#execute(tasks, this.#options.maxWorkers ?? Math.max(1, tasks.length));
  }

  /** Ends the servers that were started where no `runTask` was given. */
  async shutdown(): Promise<void> {
    await this.#runner?.shutdown();
    this.#runner = null;
  }

  async #execute(given: readonly ExecutorTask[], maxWorkers: number): Promise<ExecutionReport<T>> {
    if (!Number.isInteger(maxWorkers) || maxWorkers < 1)
      throw new RangeError(`maxWorkers is a whole number from 1, not ${maxWorkers}`);
    const tasks = given.map((task, at) => ({ ...task, id: task.id ?? `task-${at + 1}` }));
    const planned = planTasks(tasks.map(complete));
    if (!planned.ok) throw new TaskPlanError(planned.problems);
    const { plan } = planned;
    const { onFailure = 'continue', signal } = this.#options;
    const runTask = this.#options.runTask ?? this.#poolRunTask();
    const began = performance.now();
    const notes = new Map<number, Omit<TaskReport<T>, 'id' | 'end'>>();
    const run = async (at: number, stop: AbortSignal): Promise<RunEnd> => {
      const task = tasks[at];
      const startedMs = performance.now() - began;
      const note = (result: T | null, error: unknown) =>
        notes.set(at, { result, error, startedMs, durationMs: performance.now() - began - startedMs });
      try {
        note(task === undefined ? null : await runTask(task, stop), undefined);
        return { outcome: 'done' };
      } catch (error) {
        note(null, error);
        return stop.aborted ? { outcome: 'cancelled' } : toFailed(error);
      }
    };
    const limits = { maxWorkers, capacity: maxWorkers, tokenBudget: null, onFailure };
    const { tasks: states } = await runGraph({ plan, limits, run, signal });
    const results = tasks.map(({ id }, at) => {
      const state = states[at];
      const end: TaskEnd = state?.name === 'ended' ? state.end : { outcome: 'cancelled' };
      return { ...(notes.get(at) ?? NEVER_STARTED), id, end };
    });
    const success = results.every(({ end }) => end.outcome === 'done');
    return { success, results, durationMs: performance.now() - began };
  }

  #poolRunTask(): RunTask<T> {
    this.#runner ??= createPoolRunner(this.#options);
    // Without a `runTask` that says otherwise, `T` is what a pool answers.
    return this.#runner.run as RunTask<T>;
  }
}

const NEVER_STARTED = { result: null, error: undefined, startedMs: null, durationMs: null };

function complete(task: ExecutorTask & { readonly id: string }): BatchTask {
  const { id, prompt, agent = 'explore', files = [], dependsOn = [], priority = 0, estimate = 1 } = task;
  return { id, prompt, agent, files, dependsOn, priority, estimate };
}

/** By its code, where it has one: refusals for now end a run in which everybody refuses. */
function toFailed(error: unknown): RunEnd {
  const { code } = (error ?? {}) as { code?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  return { outcome: 'failed', code: typeof code === 'string' ? code : 'failed', message };
}
