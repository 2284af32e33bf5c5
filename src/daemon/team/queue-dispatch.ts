/**
 * Tasks of runs, done by workers on any machine. What nobody there could do is done here: what routing leaves on Claude,
 * what lies in no repository, what a worker declines.
 *
 *   routed? ─▶ packed ─▶ in the queue ─▶ its end ─▶ its changes taken in ─▶ ended
 *      └─ no ─────┴──── no ───────────────┴─ declined ─▶ done here
 */
import { GitProblem } from '../../adapters/git/git-problem.ts';
import type { BatchTask } from '../../core/scheduling/batch-task.ts';
import { placesInOrder } from '../../core/worktrees/pick-next-merge.ts';
import { QUEUE_PROTOCOL, type WorkerEnd, type WorkerNews } from '../../protocol/queue.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import { VERSION } from '../../version.ts';
import { mayClaudeDoIt } from '../runs/do-task.ts';
import type { GivenRun, PlacedTask } from '../runs/run-worktrees.ts';
import type { RunDispatch, TaskDispatch } from '../runs/task-dispatch.ts';
import type { DoneTask, Watch } from '../runs/task-doer.ts';
import type { Worktrees } from '../runs/worktrees.ts';
import { type AskedWorkers, askWorkers } from './ask-workers.ts';
import type { MessageWithoutCode, SentTask, TaskSender } from './open-queue.ts';
import type { PlacedElsewhere, PlaceTask } from './place-task.ts';
import type { ElsewhereWatch, TasksElsewhere } from './tasks-elsewhere.ts';

export type QueueDispatchParts = {
  /** For what is done here. */
  readonly here: TaskDispatch;
  /** For what nobody else could begin. */
  readonly onClaude: (reason: string) => TaskDispatch;
  readonly worktrees: Pick<Worktrees, 'forRun'>;
  readonly sender: TaskSender;
  readonly place: PlaceTask;
  readonly elsewhere: Pick<TasksElsewhere, 'add'>;
  readonly onProblem: (code: string, message: string) => void;
};

export function createQueueDispatch(parts: QueueDispatchParts): TaskDispatch {
  const unreachable = new Set<string>();
  return {
    // How many there are at work is the workers' to say: the others wait in the queue.
    capacity: Number.MAX_SAFE_INTEGER,
    forRun: (run) => dispatchRun(parts, run, unreachable),
  };
}

/** `unreachable`: commits that a worker could not have from their remote. */
function dispatchRun(parts: QueueDispatchParts, run: GivenRun, unreachable: Set<string>): RunDispatch {
  const { sender, onProblem } = parts;
  const here = parts.here.forRun(run);
  const worktrees = parts.worktrees.forRun(run);
  const turns = placesInOrder(run.plan);
  const sent = new Map<number, SentTask>();
  const leaving = new AbortController();

  /** `null`: it is done here. */
  const perform = async (task: number, given: BatchTask, watch: Watch): Promise<PlacedTask | null> => {
    const placed = await parts.place(given, run.request, run.id);
    if (placed === null) return null;
    const code = await worktrees.pack(task);
    if (typeof code === 'string') return null;
    const stopped = new AbortController();
    const { directory, sessionId = null } = run.request;
    const { id, agent } = placed;
    const who = { id, agent, prompt: given.prompt, directory, sessionId, runId: run.id };
    const shown = parts.elsewhere.add({ ...who, cancel: () => stopped.abort() });
    const { tags = [] } = given;
    const asked = {
      id: `${run.id}.${task}`,
      need: { tags, models: placed.placed.models },
      message: toMessage(run, { given, placed }),
      code,
      turn: turns[task] ?? 0,
      withBundle: unreachable.has(code.head),
    };
    const onTaken = ({ worker, ...target }: WorkerNews) =>
      // What it has changed is there, and not here.
      watch.onPrompt({ target: targetOf(target), mayWrite: placed.nature === 'once', worker });
    const onSent = (one: SentTask) => void sent.set(task, one);
    const onMissing = (one: SentTask) => {
      unreachable.add(code.head);
      void sender.forget(one).catch(() => undefined);
    };
    const signal = AbortSignal.any([watch.signal, leaving.signal, stopped.signal]);
    try {
      const said = await askWorkers(sender, asked, { signal, onSent, onTaken, onMissing, shown });
      if (said.kind === 'ended') return await settle(task, { placed, end: said, watch, shown });
      const done = judge(task, said);
      shown.ended(done);
      return done;
    } finally {
      shown.ended(null);
    }
  };

  /** `null`: it is done here. */
  const judge = (task: number, said: Exclude<AskedWorkers, { kind: 'ended' }>): PlacedTask | null => {
    switch (said.kind) {
      case 'lost':
        return ended({ outcome: 'interrupted', reason: 'lost-too-often' });
      case 'strange':
        return ended(failed('worker-strange', 'A worker gave an answer that nobody understands.'));
      case 'aborted': {
        if (leaving.signal.aborted) return LEFT;
        const known = sent.get(task);
        if (known !== undefined) void sender.cancel(known).catch(() => undefined);
        return ended({ outcome: 'cancelled' });
      }
      case 'declined':
        if (said.code === 'lost-before') return ended({ outcome: 'interrupted', reason: 'may-have-written' });
        onProblem(`worker-declined-${said.code}`, said.message);
        return null;
    }
  };

  type Ended = {
    readonly placed: PlacedElsewhere;
    readonly end: Extract<WorkerEnd, { kind: 'ended' }>;
    readonly watch: Watch;
    readonly shown: ElsewhereWatch;
  };

  const settle = async (task: number, { placed, end, watch, shown }: Ended): Promise<PlacedTask | null> => {
    const { failure, text, changes, worker } = end;
    // The file is on the worker's machine.
    const work = end.work && { ...end.work, fullTextFile: null };
    const done: DoneTask = {
      end: failure === null ? { outcome: 'done' } : { outcome: 'failed', ...failure },
      text,
      work,
    };
    shown.ended(done);
    if (failure !== null && !end.begun && mayClaudeDoIt(failure.code))
      return parts.onClaude(`failed-${failure.code}`).forRun(run).perform(task, watch);
    try {
      placed.ended(done);
    } catch (error) {
      // It is done, whoever counts it.
      onProblem('work-not-counted', String(error));
    }
    if (changes === null) return { ...done, changes: null };
    const queued = sent.get(task);
    const bundle = queued && (await sender.fetch(queued, changes.bundle).catch(() => null));
    if (!bundle) {
      const gone = failed('not-merged', 'Its work was done elsewhere, and is not in the Redis any more.');
      return { ...done, end: gone, changes: null };
    }
    // From here on nobody knows what is in the user's tree, should we be lost.
    if (work !== null) watch.onPrompt({ target: targetOf(work), mayWrite: true, worker });
    return worktrees.takeIn(task, done, { ...changes, bundle });
  };

  return {
    perform: async (task, watch) => {
      const given = run.plan.tasks[task];
      if (given === undefined) throw new Error(`there is no task ${task}`);
      try {
        return (await perform(task, given, watch)) ?? (await here.perform(task, watch));
      } catch (error) {
        const isTooLarge = error instanceof GitProblem && error.code === 'bundle-too-large';
        const message = error instanceof Error ? error.message : String(error);
        onProblem(isTooLarge ? 'code-too-large' : 'queue-failed', message);
        if (!isTooLarge) return here.perform(task, watch);
        return ended(failed('code-too-large', `${message} (execution.maxBundleMb)`));
      }
    },
    written: (task) => {
      const known = sent.get(task);
      sent.delete(task);
      // What is not removed now goes by its age.
      if (known !== undefined) void sender.forget(known).catch(() => undefined);
      here.written(task);
    },
    leave: () => {
      leaving.abort();
      here.leave();
    },
  };
}

const LEFT: PlacedTask = ended(failed('draining', 'The daemon went; the next one asks for its end.'));

function ended(end: DoneTask['end']): PlacedTask {
  return { end, text: '', work: null, changes: null };
}

function failed(code: string, message: string): DoneTask['end'] {
  return { outcome: 'failed', code, message };
}

type Message = { readonly given: BatchTask; readonly placed: PlacedElsewhere };

function toMessage({ id, request }: GivenRun, { given, placed }: Message): MessageWithoutCode {
  const { directory }: ParsedRunRequest = request;
  return {
    protocol: QUEUE_PROTOCOL,
    version: VERSION,
    run: id,
    task: given.id,
    agent: given.agent,
    prompt: given.prompt,
    directory,
    nature: placed.nature,
    placed: placed.placed,
  };
}

function targetOf({ provider, model }: { readonly provider: string; readonly model: string }) {
  return { provider, model, name: model, opencodeProvider: provider };
}
