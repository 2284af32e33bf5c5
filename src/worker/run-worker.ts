/**
 * A worker: takes tasks of a team from its queues, does them, and says every few seconds that it is there.
 *
 *   starting ──▶ working ──(first signal)──▶ draining ──▶ gone
 *                              second signal: what is at work goes back, for others ──▶ gone
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createBlobs } from '../adapters/bullmq/blobs.ts';
import { connectRedis, type RedisAddress } from '../adapters/bullmq/connect-redis.ts';
import type { Need } from '../adapters/bullmq/names.ts';
import type { RedisTrouble } from '../adapters/bullmq/redis-trouble.ts';
import { createTaskWorker } from '../adapters/bullmq/task-worker.ts';
import { createTeam } from '../adapters/bullmq/team.ts';
import { REDIS_URL_VARIABLE } from '../adapters/files/read-redis-address.ts';
import { providerOf } from '../core/dispatch/pick-need.ts';
import { QUEUE_PROTOCOL, type WorkerPresence } from '../protocol/queue.ts';
import { VERSION } from '../version.ts';
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
};

const BEAT_MS = 1_000;
/** A user connects a provider, and expects tasks for it soon. */
const MODELS_FRESH_MS = 60_000;
/** What is given back has to be told to Redis. */
const LAST_WORDS_MS = 5_000;

/** Resolves with how many tasks it has done. */
export async function runWorker(options: WorkerOptions, watch: WorkerWatch): Promise<number> {
  const { namespace, tags, concurrency, env } = options;
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const daemon = createLocalDaemon({ socketPath: options.socketPath, program: options.program, env });
  let models = await daemon.models();
  const connection = connectRedis(options.address, watch.onRedis);
  const { redis } = connection;
  const team = createTeam(redis, namespace);
  const blobs = createBlobs(redis, namespace);
  // Git and what it runs have no business with the Redis.
  const { [REDIS_URL_VARIABLE]: _, ...ownEnv } = env;
  const codes = createCodeStore({ folder: join(options.stateDir, 'worker'), env: ownEnv, blobs });
  await codes.sweep();

  const providers = () => new Set(models.map(providerOf));
  const maxBytes = options.maxBundleMb * 1_048_576;
  const parts = { worker: id, codes, daemon, putBlob: blobs.put, allowShell: options.allowShell, maxBytes };
  const worker = createTaskWorker({
    redis,
    namespace,
    concurrency,
    fits: ({ provider, tags: wanted }: Need) =>
      providers().has(provider) && wanted.every((tag) => tags.includes(tag)),
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
  });
  let readAt = Date.now();
  let isKnown = false;
  const beat = async () => {
    await Promise.all([team.announce(presence()), worker.look()]);
    if (!isKnown) watch.onReady(presence());
    isKnown = true;
    if (Date.now() - readAt < MODELS_FRESH_MS) return;
    readAt = Date.now();
    models = await daemon.models().catch(() => models);
  };
  let isBeating = false;
  const takeTurn = () => {
    if (isBeating || redis.status !== 'ready') return;
    isBeating = true;
    beat()
      .catch((error: unknown) => watch.onProblem(String(error)))
      .finally(() => {
        isBeating = false;
      });
  };
  const timer = setInterval(takeTurn, BEAT_MS);
  redis.once('ready', takeTurn);
  takeTurn();

  await watch.drain;
  isDraining = true;
  const hurried = watch.hurry.then(async () => {
    worker.giveBack();
    await new Promise((go) => setTimeout(go, LAST_WORDS_MS));
  });
  await Promise.race([worker.drain(), hurried]);
  clearInterval(timer);
  await Promise.race([
    Promise.allSettled([team.leave(id), worker.close()]),
    new Promise((go) => setTimeout(go, LAST_WORDS_MS)),
  ]);
  await codes.close();
  await connection.close();
  return worker.done();
}
