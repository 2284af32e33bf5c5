/** The runs that clients may ask for: those that go on, and the last ones that have ended. */
import { type PlanProblem, planTasks } from '../core/scheduling/plan-tasks.ts';
import type { ParsedRunRequest, RunSummary } from '../protocol/run.ts';
import { type BatchRun, type BatchRunParts, createBatchRun } from './batch-run.ts';

export type RunList = {
  start(request: ParsedRunRequest): BatchRun | readonly PlanProblem[];
  find(id: string): BatchRun | undefined;
  list(): readonly RunSummary[];
  running(): number;
  /** How many of the session's runs went on until then. */
  cancelSession(sessionId: string): number;
  windUp(): void;
};

const KEPT_ENDED = 20;

export type RunListParts = Pick<BatchRunParts, 'delegate' | 'capacity' | 'now'> & {
  readonly newId: () => string;
};

export function createRunList({ newId, ...parts }: RunListParts): RunList {
  const runs = new Map<string, BatchRun>();
  const sessions = new WeakMap<BatchRun, string>();
  const all = () => [...runs.values()];
  return {
    start: (request) => {
      const planned = planTasks(request.tasks);
      if (!planned.ok) return planned.problems;
      const run = createBatchRun({ ...parts, id: newId(), plan: planned.plan, request });
      const ended = all().filter((known) => known.isDone());
      for (const { id } of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) runs.delete(id);
      runs.set(run.id, run);
      if (request.sessionId !== undefined) sessions.set(run, request.sessionId);
      return run;
    },
    find: (id) => runs.get(id),
    list: () => all().map((run) => run.summary()),
    running: () => all().filter((run) => !run.isDone()).length,
    cancelSession: (sessionId) => {
      const own = all().filter((run) => sessions.get(run) === sessionId && !run.isDone());
      for (const run of own) run.cancel();
      return own.length;
    },
    windUp: () => {
      for (const run of all()) run.windUp();
    },
  };
}
