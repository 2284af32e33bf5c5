/**
 * A worker: takes tasks of a team from its queues, does them, and says every few seconds that it is there.
 *
 *   starting ──▶ working ──(first signal, or not understood any more)──▶ draining ──▶ gone
 *       └─ not understood ─▶ gone      second signal: what is at work goes back, for others ──▶ gone
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { createBlobs } from '../adapters/bullmq/blobs.ts';
import { connectRedis, type RedisAddress } from '../adapters/bullmq/connect-redis.ts';
import type { Need } from '../adapters/bullmq/names.ts';
import type { RedisTrouble } from '../adapters/bullmq/redis-trouble.ts';
import { createTaskWorker } from '../adapters/bullmq/task-worker.ts';
import { createTeam, type Team } from '../adapters/bullmq/team.ts';
import { REDIS_URL_VARIABLE } from '../adapters/files/read-redis-address.ts';
import { providerOf } from '../core/dispatch/pick-need.ts';
import { toCanonicalProvider, toOpencodeProvider } from '../core/routing/provider-name.ts';
import { QUEUE_PROTOCOL, type SchedulerPresence, type WorkerPresence } from '../protocol/queue.ts';
import { VERSION } from '../version.ts';
import { type AskSchedulers, askUntilAnswered, createAskSchedulers, type Refusal } from './ask-schedulers.ts';
import { startBeating } from './beat.ts';
import { createCodeStore } from './code-store.ts';
import { createLocalDaemon } from './local-daemon.ts';
import { performTask } from './perform-task.ts';

export type WorkerOptions = {
  readonly address: RedisAddress;
  readonly namespace: string;
  readonly tags: readonly string[];
  readonly concurrency: number;
  readonly allowShell: boolean;
  readonly maxBundleMb: number;
  /** By provider. */
  readonly tasksPerMinute: Readonly<Record<string, number>>;
  readonly stateDir: string;
  readonly socketPath: string;
  /** Path of omcmd.js. */
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
};

/** What it has to tell whoever watches it. */
export type WorkerWatch = {
  /** Resolves when it shall take nothing more. */
  readonly drain: Promise<void>;
  /** Resolves when it shall not even wait for what is at work. */
  readonly hurry: Promise<void>;
  readonly onReady: (presence: WorkerPresence) => void;
  readonly onTask: (event: 'took' | 'ended', task: string) => void;
  readonly onRedis: (trouble: RedisTrouble | null) => void;
  readonly onProblem: (message: string) => void;
  /** A scheduler is there whose tasks are for others. */
  readonly onStranger: (scheduler: SchedulerPresence) => void;
  /** Whoever sends tasks speaks another protocol now: it takes nothing more, and leaves. */
  readonly onRefused: () => void;
};

const BEAT_MS = 1_000;
/** A user connects a provider, and expects tasks for it soon. */
const MODELS_FRESH_MS = 60_000;
/** What is given back has to be told to Redis. */
const LAST_WORDS_MS = 5_000;

/** `refusal`: whoever sends tasks speaks another protocol. */
export type WorkerEnding = { readonly done: number; readonly refusal: Refusal | null };

export async function runWorker(options: WorkerOptions, watch: WorkerWatch): Promise<WorkerEnding> {
  const { redis, close } = connectRedis(options.address, watch.onRedis);
  try {
    const team = createTeam(redis, options.namespace);
    const askSchedulers = createAskSchedulers(team, watch);
    // Before a daemon is started for nothing.
    const askWhenThere = async () => {
      if (redis.status !== 'ready') await new Promise((resolve) => redis.once('ready', resolve));
      return askSchedulers();
    };
    const early = await askUntilAnswered(askWhenThere, { everyMs: BEAT_MS, ...watch });
    if (early !== null) return { done: 0, refusal: early === 'leaving' ? null : early };
    return await work(options, watch, { redis, team, askSchedulers });
  } finally {
    await close();
  }
}

type Joined = { readonly redis: Redis; readonly team: Team; readonly askSchedulers: AskSchedulers };

async function work(
  options: WorkerOptions,
  watch: WorkerWatch,
  { redis, team, askSchedulers }: Joined,
): Promise<WorkerEnding> {
  const { namespace, tags, concurrency, env } = options;
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const startedAt = performance.now();
  const daemon = createLocalDaemon({ socketPath: options.socketPath, program: options.program, env });
  let models = await daemon.models();
  const blobs = createBlobs(redis, namespace);
  // Git and what it runs have no business with the Redis.
  const { [REDIS_URL_VARIABLE]: _, ...ownEnv } = env;
  const codes = createCodeStore({ folder: join(options.stateDir, 'worker'), env: ownEnv, blobs });
  await codes.sweep();

  const providers = () => new Set(models.map(providerOf));
  const limits = new Map(
    Object.entries(options.tasksPerMinute).map(([name, most]) => [
      toOpencodeProvider(toCanonicalProvider(name)),
      most,
    ]),
  );
  const maxBytes = options.maxBundleMb * 1_048_576;
  const parts = { worker: id, codes, daemon, putBlob: blobs.put, allowShell: options.allowShell, maxBytes };
  const worker = createTaskWorker({
    redis,
    namespace,
    concurrency,
    fits: ({ provider, tags: wanted }: Need) =>
      providers().has(provider) && wanted.every((tag) => tags.includes(tag)),
    tasksPerMinute: ({ provider }) => limits.get(provider) ?? null,
    perform: async (given) => {
      watch.onTask('took', given.id);
      try {
        return await performTask(parts, given);
      } finally {
        watch.onTask('ended', given.id);
      }
    },
  });

  let isDraining = false;
  const presence = (): WorkerPresence => ({
    id,
    host: hostname(),
    version: VERSION,
    protocol: QUEUE_PROTOCOL,
    tags: [...tags],
    models: [...models],
    concurrency,
    running: worker.running(),
    done: worker.done(),
    draining: isDraining,
    uptimeMs: Math.round(performance.now() - startedAt),
  });
  let refusal: Refusal | null = null;
  let tellRefused = () => {};
  const refused = new Promise<void>((resolve) => {
    tellRefused = resolve;
  });
  let readAt = Date.now();
  let isKnown = false;
  const beat = async () => {
    if (!isDraining) refusal = await askSchedulers();
    if (refusal !== null && !isDraining) return tellRefused();
    await Promise.all([team.workers.announce(presence()), worker.look()]);
    if (!isKnown) watch.onReady(presence());
    isKnown = true;
    if (Date.now() - readAt < MODELS_FRESH_MS) return;
    readAt = Date.now();
    models = await daemon.models().catch(() => models);
  };
  const stopBeating = startBeating({
    everyMs: BEAT_MS,
    mayBeat: () => redis.status === 'ready',
    beat,
    onProblem: watch.onProblem,
  });

  await Promise.race([refused, watch.drain]);
  if (refusal !== null) watch.onRefused();
  isDraining = true;
  const hurried = watch.hurry.then(async () => {
    worker.giveBack();
    await new Promise((go) => setTimeout(go, LAST_WORDS_MS));
  });
  await Promise.race([worker.drain(), hurried]);
  stopBeating();
  await Promise.race([
    Promise.allSettled([team.workers.leave(id), worker.close()]),
    new Promise((go) => setTimeout(go, LAST_WORDS_MS).unref()),
  ]);
  await codes.close();
  return { done: worker.done(), refusal };
}
