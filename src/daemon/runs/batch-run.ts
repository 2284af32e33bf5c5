// One run of many tasks: the core says what starts, the daemon's own way does it, each thing that happens is written
// down before anything follows from it, and whoever asks can read along.
import { advanceRun, type RunStep } from '../../core/scheduling/advance-run.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { replayRun } from '../../core/scheduling/replay-run.ts';
import type { RunEvent, RunLimits } from '../../core/scheduling/run-event.ts';
import type {
  ParsedRunRequest,
  RunEventMessage,
  RunEvents,
  RunSummary,
  WorkChanges,
} from '../../protocol/run.ts';
import type { RunFacts } from '../live/describe-run.ts';
import type { RunWatch } from '../live/watch-runs.ts';
import { untilWoken } from '../until-woken.ts';
import { countTokens, toRecords } from './run-records.ts';
import type { PlacedTask } from './run-worktrees.ts';
import type { TaskDispatch } from './task-dispatch.ts';
import type { DoneTask, Watch } from './task-doer.ts';

export type BatchRun = {
  readonly id: string;
  /** Of Claude Code, where one has started it. */
  readonly sessionId: string | undefined;
  /** Starts what may start: not before it is sure that nobody else goes on with it. */
  begin(): void;
  summary(): RunSummary;
  /** Waits for events after `from`; returns with none when the wait is over or the reader went away. */
  read(from: number, waitMs: number, reader?: AbortSignal): Promise<RunEvents>;
  /** All of it, or one task; `false`: it has no such task. */
  cancel(task?: string): boolean;
  /** Nothing starts any more, and what is sent away is left to the next daemon. */
  pause(): void;
  /** What is still at work ends now, and is left to the next daemon too. */
  sendAway(): void;
  /** What still waits is skipped, for good. */
  windUp(): void;
  isDone(): boolean;
  /** Nothing is at work for it now. */
  isQuiet(): boolean;
};

export type BatchRunParts = {
  readonly id: string;
  readonly plan: TaskPlan;
  readonly request: ParsedRunRequest;
  readonly startedAt: number;
  /** What was told of it before this daemon. */
  readonly past: readonly RunEventMessage[];
  readonly dispatch: TaskDispatch;
  /** What a task had done that was lost with an earlier daemon. */
  readonly leftBehind: (run: string, task: string) => WorkChanges | null;
  /** Written before anything follows from them. */
  readonly write: (events: readonly RunEventMessage[]) => void;
  /** Whoever looks on; told when the run is known, and of what happens from there. */
  readonly watch: (facts: RunFacts, past: readonly RunEventMessage[]) => RunWatch;
  readonly now: () => number;
};

export function createBatchRun(parts: BatchRunParts): BatchRun {
  const { id, plan, request, startedAt, write, dispatch, now } = parts;
  const { perform, written, leave } = dispatch.forRun({ id, plan, request });
  const { onFailure, tokenBudget, directory } = request;
  const events = [...parts.past];
  const show = parts.watch({ id, plan, request, startedAt }, events);
  const waiters = new Set<() => void>();
  const running = new Map<number, AbortController>();
  const done = new Map<number, PlacedTask>();
  let state = replayRun(toRecords(plan, events), { plan, limits: { onFailure } });
  const told = new Set(events.flatMap((event) => (event.type === 'ended' ? [event.task] : [])));
  let isPaused = false;
  let isSentAway = false;

  const limits = (): RunLimits => ({
    maxWorkers: isPaused ? 0 : request.maxWorkers,
    onFailure,
    tokenBudget,
    capacity: dispatch.capacity,
  });
  // What the replay has ended is told when the run is taken up, and not before.
  const isDone = () => told.size === plan.tasks.length;
  const isQuiet = () => running.size === 0 && (isPaused || isDone());
  const wake = () => {
    for (const waiter of [...waiters]) waiter();
  };
  const nameOf = (task: number) => plan.tasks[task]?.id ?? '';
  const tell = (news: readonly RunEventMessage[]) => {
    write(news);
    events.push(...news);
    show(news);
  };

  /** `cause`: the task whose end it is, which comes before what follows from it. */
  const advance = (event: RunEvent, cause = -1) => {
    const step = advanceRun(state, event, { plan, limits: limits() });
    state = step.state;
    tell([...takeEnds(cause), ...step.actions.map(describeAction)]);
    if (cause >= 0) written(cause);
    for (const { type, task } of step.actions) {
      if (type === 'start') start(task);
      else running.get(task)?.abort();
    }
    wake();
  };

  const takeEnds = (cause: number): readonly RunEventMessage[] => {
    const ends = [...state.tasks.entries()].flatMap(([task, one]) => {
      const name = nameOf(task);
      if (one.name !== 'ended' || told.has(name)) return [];
      told.add(name);
      const wasLost = one.end.outcome === 'interrupted';
      const lost = { text: '', work: null, changes: wasLost ? parts.leftBehind(id, name) : null };
      const { text, work, changes } = done.get(task) ?? lost;
      return [{ type: 'ended' as const, task: name, at: now(), end: one.end, text, work, changes }];
    });
    const isCause = ({ task }: RunEventMessage) => task === nameOf(cause);
    return [...ends.filter(isCause), ...ends.filter((end) => !isCause(end))];
  };

  const describeAction = ({ type, task }: RunStep['actions'][number]): RunEventMessage => ({
    type: type === 'start' ? 'started' : 'stopping',
    task: nameOf(task),
    at: now(),
  });

  const start = (task: number) => {
    const given = plan.tasks[task];
    if (given === undefined) return;
    const abort = new AbortController();
    running.set(task, abort);
    const onPrompt: Watch['onPrompt'] = ({ target: { provider, model }, ...who }) => {
      tell([{ type: 'prompted', task: given.id, at: now(), provider, model, ...who }]);
      wake();
    };
    void perform(task, { runId: id, signal: abort.signal, onPrompt }).then((ended) => {
      running.delete(task);
      if (isPaused && wasLeft(task, ended)) return wake();
      done.set(task, ended);
      advance({ type: 'task-ended', task, end: ended.end, tokens: countTokens(ended.work) }, task);
    });
  };

  /** Not ended by itself: the daemon goes, and whoever comes after it decides whether it is done again. */
  const wasLeft = (task: number, { end }: DoneTask): boolean => {
    if (end.outcome === 'failed') return end.code === 'draining';
    const before = state.tasks[task];
    const isWanted = before?.name === 'running' && before.stopping;
    return isSentAway && end.outcome === 'cancelled' && !isWanted;
  };

  const summary = (): RunSummary => ({
    id,
    directory,
    startedAt,
    tasks: plan.tasks.length,
    ended: told.size,
    running: state.running,
  });

  return {
    id,
    sessionId: request.sessionId,
    summary,
    begin: () => advance({ type: 'look-again' }),
    read: async (from, waitMs, reader) => {
      if (events.length <= from && !isDone() && !isQuiet()) await untilWoken(waiters, waitMs, reader);
      const tasks = plan.tasks.map((task) => ({ id: task.id, agent: task.agent }));
      const read = { run: summary(), tasks, events: events.slice(from), next: events.length };
      return { ...read, done: isDone(), paused: !isDone() && isQuiet() };
    },
    cancel: (name) => {
      const task = plan.tasks.findIndex((one) => one.id === name);
      if (name !== undefined && task < 0) return false;
      advance(name === undefined ? { type: 'cancel-run' } : { type: 'cancel-task', task });
      return true;
    },
    pause: () => {
      isPaused = true;
      leave();
      wake();
    },
    sendAway: () => {
      isSentAway = true;
      for (const abort of running.values()) abort.abort();
    },
    windUp: () => advance({ type: 'wind-up' }),
    isDone,
    isQuiet,
  };
}
