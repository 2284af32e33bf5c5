// A run as whoever looks on sees it: its tasks with what became of them so far.
import type { LiveRun, LiveRunTask } from '../../core/live/live-state.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import type { ParsedRunRequest, RunEventMessage, TaskEndMessage } from '../../protocol/run.ts';

export type RunFacts = {
  readonly id: string;
  readonly plan: TaskPlan;
  readonly request: Pick<ParsedRunRequest, 'directory'>;
  readonly startedAt: number;
};

export function describeRun(
  { id, plan, request, startedAt }: RunFacts,
  past: readonly RunEventMessage[],
): LiveRun {
  const first = plan.tasks.map(
    (task): LiveRunTask => ({
      id: task.id,
      agent: task.agent,
      dependsOn: task.dependsOn,
      state: 'waiting',
      model: null,
      worker: null,
      startedAt: null,
      endedAt: null,
      why: null,
    }),
  );
  const byId = new Map(first.map((task) => [task.id, task]));
  for (const event of past) {
    const task = byId.get(event.task);
    if (task !== undefined) byId.set(task.id, advanceRunTask(task, event));
  }
  return { id, directory: request.directory, startedAt, tasks: [...byId.values()] };
}

export function advanceRunTask(task: LiveRunTask, event: RunEventMessage): LiveRunTask {
  switch (event.type) {
    case 'started':
      return { ...task, state: 'running', startedAt: event.at };
    case 'prompted':
      return { ...task, model: `${event.provider}/${event.model}`, worker: event.worker ?? null };
    case 'stopping':
      return task;
    case 'ended':
      return { ...task, state: event.end.outcome, endedAt: event.at, why: whyOf(event.end) };
  }
}

function whyOf(end: TaskEndMessage): string | null {
  switch (end.outcome) {
    case 'done':
    case 'cancelled':
      return null;
    case 'failed':
      return end.code;
    case 'skipped':
      return end.because.code;
    case 'claude':
    case 'interrupted':
      return end.reason;
  }
}
