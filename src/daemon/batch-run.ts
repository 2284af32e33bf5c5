// One run of many tasks: the core says what starts, the daemon's own way does it, and whoever asks can read along.
import { advanceRun } from '../core/scheduling/advance-run.ts';
import type { BatchTask } from '../core/scheduling/batch-task.ts';
import type { TaskPlan } from '../core/scheduling/plan-tasks.ts';
import type { RunEvent, RunLimits } from '../core/scheduling/run-event.ts';
import { beginRun, isOver } from '../core/scheduling/run-state.ts';
import type { ParsedRunRequest, RunEventMessage, RunEvents, RunSummary } from '../protocol/run.ts';
import { type Delegate, doTask } from './do-task.ts';
import type { PlacedTask, RunWorktrees } from './run-worktrees.ts';
import { untilWoken } from './until-woken.ts';

export type BatchRun = {
  readonly id: string;
  summary(): RunSummary;
  /** Waits for events after `from`; returns with none when the wait is over or the reader went away. */
  read(from: number, waitMs: number, reader?: AbortSignal): Promise<RunEvents>;
  /** All of it, or one task; `false`: it has no such task. */
  cancel(task?: string): boolean;
  windUp(): void;
  isDone(): boolean;
};

export type BatchRunParts = {
  readonly id: string;
  readonly plan: TaskPlan;
  readonly request: ParsedRunRequest;
  readonly delegate: Delegate;
  /** Where each task works. */
  readonly worktrees: RunWorktrees;
  readonly capacity: number;
  readonly now: () => number;
};

export function createBatchRun(parts: BatchRunParts): BatchRun {
  const { id, plan, request, delegate, worktrees, capacity, now } = parts;
  const { maxWorkers, onFailure, tokenBudget, directory } = request;
  const limits: RunLimits = { maxWorkers, onFailure, tokenBudget, capacity };
  const startedAt = now();
  const events: RunEventMessage[] = [];
  const waiters = new Set<() => void>();
  const running = new Map<number, AbortController>();
  const done = new Map<number, PlacedTask>();
  const told = new Set<number>();
  let state = beginRun(plan);

  const advance = (event: RunEvent) => {
    const step = advanceRun(state, event, { plan, limits });
    state = step.state;
    tellEnds();
    for (const { type, task } of step.actions) {
      if (type === 'start') start(task);
      else running.get(task)?.abort();
    }
    for (const wake of [...waiters]) wake();
  };

  const tellEnds = () => {
    for (const [task, one] of state.tasks.entries()) {
      if (one.name !== 'ended' || told.has(task)) continue;
      told.add(task);
      const { text, work, changes } = done.get(task) ?? { text: '', work: null, changes: null };
      events.push({ type: 'ended', task: plan.tasks[task]?.id ?? '', end: one.end, text, work, changes });
    }
  };

  const start = (task: number) => {
    const given = plan.tasks[task];
    if (given === undefined) return;
    const abort = new AbortController();
    running.set(task, abort);
    events.push({ type: 'started', task: given.id });
    const perform = (placed: BatchTask, workIn?: string) =>
      doTask((asked) => delegate(asked, workIn), placed, request, abort.signal);
    void worktrees.around(task, perform).then((ended) => {
      running.delete(task);
      done.set(task, ended);
      advance({ type: 'task-ended', task, end: ended.end, tokens: countTokens(ended) });
    });
  };

  const summary = (): RunSummary => ({
    id,
    directory,
    startedAt,
    tasks: plan.tasks.length,
    ended: told.size,
    running: state.running,
  });

  advance({ type: 'look-again' });

  return {
    id,
    summary,
    read: async (from, waitMs, reader) => {
      if (events.length <= from && !isOver(state)) await untilWoken(waiters, waitMs, reader);
      const tasks = plan.tasks.map((task) => ({ id: task.id, agent: task.agent }));
      return {
        run: summary(),
        tasks,
        events: events.slice(from),
        next: events.length,
        done: isOver(state),
      };
    },
    cancel: (name) => {
      const task = plan.tasks.findIndex((one) => one.id === name);
      if (name !== undefined && task < 0) return false;
      advance(name === undefined ? { type: 'cancel-run' } : { type: 'cancel-task', task });
      return true;
    },
    windUp: () => advance({ type: 'wind-up' }),
    isDone: () => isOver(state),
  };
}

function countTokens({ work }: PlacedTask): number {
  if (work === null) return 0;
  const { input, output, reasoning, cacheRead, cacheWrite } = work.tokens;
  return input + output + reasoning + cacheRead + cacheWrite;
}
