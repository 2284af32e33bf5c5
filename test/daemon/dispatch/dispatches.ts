// Both ways in which the tasks of a run are done, with a stand-in for whoever does them.
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { connectRedis, type RedisAddress } from '../../../src/adapters/bullmq/connect-redis.ts';
import { createTaskWorker, type TakenTask } from '../../../src/adapters/bullmq/task-worker.ts';
import { createTeam } from '../../../src/adapters/bullmq/team.ts';
import type { LiveTask } from '../../../src/core/live/live-state.ts';
import type { RoutedDecision } from '../../../src/core/routing/decision.ts';
import { planTasks } from '../../../src/core/scheduling/plan-tasks.ts';
import { createRunningTask } from '../../../src/daemon/delegation/running-task.ts';
import { createLiveFeed, type LiveFeed } from '../../../src/daemon/live/live-feed.ts';
import { watchTask } from '../../../src/daemon/live/watch-task.ts';
import { createEmbeddedDispatch } from '../../../src/daemon/runs/embedded-dispatch.ts';
import type { GivenRun, RunWorktrees } from '../../../src/daemon/runs/run-worktrees.ts';
import type { TaskDispatch } from '../../../src/daemon/runs/task-dispatch.ts';
import type { DoneTask, Watch } from '../../../src/daemon/runs/task-doer.ts';
import { openQueue } from '../../../src/daemon/team/open-queue.ts';
import { createQueueDispatch } from '../../../src/daemon/team/queue-dispatch.ts';
import { createTasksElsewhere } from '../../../src/daemon/team/tasks-elsewhere.ts';
import {
  QUEUE_PROTOCOL,
  type QueuedTask,
  type TaskSaying,
  type WorkerEnd,
} from '../../../src/protocol/queue.ts';
import { runRequestSchema } from '../../../src/protocol/run.ts';
import type { TeamStatus } from '../../../src/protocol/status.ts';
import { taskRequestSchema } from '../../../src/protocol/task.ts';
import { until } from '../support/until.ts';

export const WORK = {
  tokens: { input: 20, output: 1, reasoning: 0, cacheRead: 0, cacheWrite: 0 },
  costUsd: 0,
  filesChanged: [],
  model: 'gpt-5.2',
  provider: 'openai',
  durationMs: 5,
  fullTextFile: null,
};

const MODEL = 'openai/gpt-5.2';

/** What the stand-in makes of a prompt; it waits where nothing comes. */
export type Script = (prompt: string, signal: AbortSignal, say: Say) => Promise<string>;

type Say = (saying: TaskSaying) => void;

/** `say X` and `fail X` at once; `hang` until it is told to end, and `talk X` too, after it has said and done something. */
const script: Script = async (prompt, signal, say) => {
  const [verb, ...words] = prompt.split(' ');
  if (verb === 'talk') {
    for (const text of words) say({ type: 'text', text: `${text} ` });
    say({ type: 'activity', text: 'read a.txt' });
  }
  if (verb === 'hang' || verb === 'talk')
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  if (signal.aborted) throw new Error('cancelled');
  if (verb === 'fail') throw new Error(words.join(' '));
  return words.join(' ');
};

export function useRun(...prompts: readonly string[]): GivenRun {
  const tasks = prompts.map((prompt, at) => ({ id: `t${at}`, agent: 'explore', prompt }));
  const request = runRequestSchema.parse({ directory: '/project', tasks });
  const planned = planTasks(request.tasks);
  if (!planned.ok) throw new Error('no plan');
  return { id: `run-${Math.random().toString(36).slice(2)}`, plan: planned.plan, request };
}

export function watch(): Watch & { readonly abort: () => void; readonly prompted: string[] } {
  const controller = new AbortController();
  const prompted: string[] = [];
  return {
    runId: 'run',
    signal: controller.signal,
    onPrompt: ({ target }) => void prompted.push(target.model),
    abort: () => controller.abort(),
    prompted,
  };
}

/** As if no task had a folder of its own; the code of a task is nowhere. */
const worktrees = {
  forRun: ({ plan }: GivenRun): RunWorktrees => ({
    around: async (task, perform) => {
      const given = plan.tasks[task];
      if (given === undefined) throw new Error('no such task');
      return { ...(await perform(given)), changes: null };
    },
    pack: async () => ({
      repository: 'a'.repeat(40),
      head: 'b'.repeat(40),
      base: 'b'.repeat(40),
      prefix: '',
      commonDir: '/project/.git',
      remote: 'https://example.org/project.git',
      leftOut: [],
    }),
    takeIn: async (_task, done) => ({ ...done, changes: { kind: 'unchanged', leftOut: [] } }),
  }),
};

/** What goes on, for whoever looks on. */
export type Seen = { readonly seen: () => readonly LiveTask[] };

const useFeed = (): LiveFeed & Seen => {
  const feed = createLiveFeed({ life: 'test', now: Date.now });
  const seen = () => {
    const update = feed.since(null);
    return update.kind === 'snapshot' ? update.state.tasks : [];
  };
  return { ...feed, seen };
};

/** As the daemon shows a task that it does itself. */
function showHere(feed: LiveFeed, prompt: string, directory: string) {
  const task = createRunningTask(randomUUID());
  const request = taskRequestSchema.parse({ agent: 'explore', prompt, directory });
  const target = { provider: 'openai', model: 'gpt-5.2', name: '', opencodeProvider: 'openai' };
  const decision = { route: true, engine: 'opencode', agent: { name: 'explore' }, target };
  watchTask(feed, { request, delegation: { decision: decision as RoutedDecision, task }, startedAt: 0 });
  return task;
}

export function embedded(does: Script = script): TaskDispatch & Seen {
  const feed = useFeed();
  const dispatch = createEmbeddedDispatch({
    worktrees,
    capacity: 16,
    doTask: async ({ prompt }, { directory }, { signal, onPrompt }): Promise<DoneTask> => {
      const { append } = showHere(feed, prompt, directory);
      onPrompt({
        target: { provider: 'openai', model: 'gpt-5.2', name: '', opencodeProvider: 'openai' },
        mayWrite: false,
      });
      try {
        return { end: { outcome: 'done' }, text: await does(prompt, signal, append), work: WORK };
      } catch (error) {
        const message = String((error as Error).message);
        const end = signal.aborted
          ? ({ outcome: 'cancelled' } as const)
          : ({ outcome: 'failed', code: 'provider-failed', message } as const);
        return { end, text: '', work: WORK };
      }
    },
  });
  return { ...dispatch, seen: feed.seen };
}

export type SchedulerOptions = { readonly does?: Script; readonly onEnded?: () => void };

export type Scheduler = TaskDispatch &
  Seen & {
    readonly problems: string[];
    readonly cancel: (id: string) => boolean;
    readonly status: () => TeamStatus;
    readonly close: () => Promise<void>;
  };

export function useScheduler(
  address: RedisAddress,
  namespace: string,
  { does = script, onEnded = () => undefined }: SchedulerOptions = {},
): Scheduler {
  const problems: string[] = [];
  const feed = useFeed();
  const elsewhere = createTasksElsewhere({ feed, now: Date.now });
  const queue = openQueue({
    address,
    namespace,
    bundle: async () => Buffer.from('bundle'),
    now: Date.now,
    onProblem: (code) => void problems.push(code),
    onTold: () => undefined,
  });
  const dispatch = createQueueDispatch({
    here: embedded(does),
    onClaude: () => embedded(does),
    worktrees,
    sender: queue.sender,
    elsewhere,
    place: async () => ({
      id: randomUUID(),
      agent: 'explore',
      nature: 'reading',
      placed: {
        models: [MODEL],
        role: 'oracle',
        tier: 'high',
        opencodeAgent: 'explore',
        writes: false,
        instructions: null,
      },
      ended: onEnded,
    }),
    onProblem: (code) => void problems.push(code),
  });
  onTestFinished(queue.close);
  return {
    ...dispatch,
    problems,
    seen: feed.seen,
    cancel: elsewhere.cancel,
    status: queue.status,
    close: queue.close,
  };
}

export type OneWorker = {
  /** The prompts that it took. */
  readonly took: string[];
  /** It is not heard of any more. */
  readonly lose: () => void;
  readonly drain: () => Promise<void>;
};

export type WorkerOptions = {
  readonly does?: Script;
  readonly leaseMs?: number;
  readonly askMs?: number;
  readonly concurrency?: number;
  readonly tags?: readonly string[];
  readonly tasksPerMinute?: number;
  readonly answer?: (task: TakenTask) => Promise<WorkerEnd | null>;
};

export async function useWorker(
  address: RedisAddress,
  namespace: string,
  {
    does = script,
    leaseMs = 20_000,
    concurrency = 4,
    tags = [],
    answer,
    tasksPerMinute,
    askMs = 5_000,
  }: WorkerOptions = {},
): Promise<OneWorker> {
  const connection = connectRedis(address, () => undefined, { askMs });
  const { redis } = connection;
  const team = createTeam(redis, namespace);
  const took: string[] = [];
  const id = `worker-${Math.random().toString(36).slice(2)}`;
  const worker = createTaskWorker({
    redis,
    namespace,
    concurrency,
    leaseMs,
    tasksPerMinute: () => tasksPerMinute ?? null,
    fits: ({ provider, tags: wanted }) => provider === 'openai' && wanted.every((tag) => tags.includes(tag)),
    perform: async (task) => {
      const { prompt } = task.data as QueuedTask;
      took.push(prompt);
      const special = await answer?.(task);
      if (special) return special;
      await task.tell({ kind: 'prompted', worker: id, provider: 'openai', model: 'gpt-5.2' });
      const ended = { kind: 'ended', worker: id, begun: true, work: WORK, changes: null } as const;
      try {
        return {
          ...ended,
          failure: null,
          text: await does(prompt, task.signal, task.say),
        } satisfies WorkerEnd;
      } catch (error) {
        const failure = { code: 'provider-failed', message: String((error as Error).message) };
        return { ...ended, failure, text: '' } satisfies WorkerEnd;
      }
    },
  });
  const presence = {
    id,
    host: 'here',
    version: '1',
    protocol: QUEUE_PROTOCOL,
    tags: [...tags],
    models: [MODEL],
  };
  const beat = async () => {
    if (redis.status !== 'ready') return;
    await team.workers.announce({
      ...presence,
      concurrency,
      running: worker.running(),
      done: worker.done(),
      draining: false,
      uptimeMs: 0,
    });
    await worker.look();
  };
  const timer = setInterval(() => void beat().catch(() => undefined), 50);
  let isLost = false;
  const lose = () => {
    isLost = true;
    clearInterval(timer);
    redis.disconnect();
    void worker.close().catch(() => undefined);
  };
  onTestFinished(async () => {
    if (isLost) return;
    clearInterval(timer);
    await Promise.race([worker.close(), new Promise((go) => setTimeout(go, 500))]);
    await connection.close();
  });
  await until(() => redis.status === 'ready');
  await beat();
  return { took, lose, drain: worker.drain };
}
