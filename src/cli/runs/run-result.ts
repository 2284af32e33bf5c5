// What came of a run so far. Printed as it is with `--json`, so its shape is stable.
import type { RunEventMessage, RunEvents, TaskEndMessage, WorkChanges } from '../../protocol/run.ts';
import type { TaskOutcome } from '../../protocol/task.ts';
import type { Exit } from '../exit-codes.ts';

export type RunResult = {
  readonly runId: string;
  readonly done: boolean;
  /** The daemon has gone, and the next one goes on with it. */
  readonly paused: boolean;
  readonly tasks: readonly RunTask[];
};

export type RunTask = {
  readonly id: string;
  readonly agent: string;
  readonly state: 'waiting' | 'running' | TaskEndMessage['outcome'];
  /** Who has it, or had it last. */
  readonly model: string | null;
  /** The worker that has it, or had it last; `null`: this machine. */
  readonly worker: string | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | null;
  readonly end: TaskEndMessage | null;
  readonly text: string;
  readonly work: TaskOutcome | null;
  /** What became of its changes; `null`: it worked in the run's folder, as it should. */
  readonly changes: WorkChanges | null;
};

export function advanceRunResult(
  before: RunResult | null,
  { run, tasks, events, done, paused }: RunEvents,
): RunResult {
  const first = tasks.map(
    (task): RunTask => ({
      ...task,
      state: 'waiting',
      model: null,
      worker: null,
      startedAt: null,
      end: null,
      text: '',
      work: null,
      changes: null,
    }),
  );
  const known = new Map((before?.tasks.length ? before.tasks : first).map((task) => [task.id, task]));
  for (const event of events) {
    const task = known.get(event.task);
    if (task !== undefined) known.set(task.id, advanceTask(task, event));
  }
  return { runId: run.id, done, paused, tasks: [...known.values()] };
}

function advanceTask(task: RunTask, event: RunEventMessage): RunTask {
  switch (event.type) {
    case 'started':
      return { ...task, state: 'running', model: null, worker: null, startedAt: event.at };
    case 'prompted':
      return { ...task, model: event.model, worker: event.worker ?? null };
    case 'stopping':
      return task;
    case 'ended': {
      const { end, text, work, changes } = event;
      return { ...task, state: end.outcome, model: work?.model ?? task.model, end, text, work, changes };
    }
  }
}

/** The worst that came of a task. */
export function exitOfRun({ tasks, paused }: RunResult): Exit {
  if (paused) return 'daemonUnreachable';
  const outcomes = new Set(tasks.map(({ state }) => state));
  if (outcomes.has('failed') || outcomes.has('interrupted')) return 'taskFailed';
  if (outcomes.has('cancelled')) return 'interrupted';
  if (outcomes.has('claude')) return 'notRouted';
  return outcomes.has('skipped') ? 'taskFailed' : 'ok';
}
