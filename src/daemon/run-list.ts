/** The runs that clients may ask for: those that go on, and the last ones that have ended. */
import { type PlanProblem, planTasks } from '../core/scheduling/plan-tasks.ts';
import type { ParsedRunRequest, RunSummary } from '../protocol/run.ts';
import { type BatchRun, type BatchRunParts, createBatchRun } from './batch-run.ts';
import type { Worktrees } from './worktrees.ts';

export type RunList = {
  start(request: ParsedRunRequest): BatchRun | readonly PlanProblem[];
  find(id: string): BatchRun | undefined;
  list(): readonly RunSummary[];
  running(): number;
  windUp(): void;
};

const KEPT_ENDED = 20;

export type RunListParts = Pick<BatchRunParts, 'delegate' | 'capacity' | 'now'> & {
  readonly newId: () => string;
  readonly worktrees: Pick<Worktrees, 'forRun'>;
};

export function createRunList({ newId, worktrees, ...parts }: RunListParts): RunList {
  const runs = new Map<string, BatchRun>();
  const all = () => [...runs.values()];
  return {
    start: (request) => {
      const planned = planTasks(request.tasks);
      if (!planned.ok) return planned.problems;
      const given = { id: newId(), plan: planned.plan, request };
      const run = createBatchRun({ ...parts, ...given, worktrees: worktrees.forRun(given) });
      const ended = all().filter((known) => known.isDone());
      for (const { id } of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) runs.delete(id);
      runs.set(run.id, run);
      return run;
    },
    find: (id) => runs.get(id),
    list: () => all().map((run) => run.summary()),
    running: () => all().filter((run) => !run.isDone()).length,
    windUp: () => {
      for (const run of all()) run.windUp();
    },
  };
}
