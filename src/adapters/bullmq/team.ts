/** Which workers there are, and which queues: kept in Redis, a worker for as long as it says so. */
import type { Redis } from 'ioredis';
import { presenceSchema, type WorkerPresence } from '../../protocol/queue.ts';
import { keysOf, type Need, queueName, readQueueName } from './names.ts';

export type Team = {
  /** Repeated every few seconds; what is not repeated is forgotten, by the clock of Redis alone. */
  announce(presence: WorkerPresence): Promise<void>;
  leave(id: string): Promise<void>;
  workers(): Promise<readonly WorkerPresence[]>;
  /** Which queue a task is in: the first that was named for it, so that it is never in two. */
  claim(task: string, need: Need): Promise<Need>;
  claimed(task: string): Promise<Need | null>;
  release(task: string): Promise<void>;
  addQueue(name: string): Promise<void>;
  queues(): Promise<readonly string[]>;
};

/** Several times as long as a worker takes between two announcements. */
const FORGOTTEN_AFTER_MS = 15_000;
/** As long as the end of a task is kept that nobody has fetched. */
const CLAIM_KEPT_S = 2 * 24 * 60 * 60;

export function createTeam(redis: Redis, namespace: string): Team {
  const keys = keysOf(namespace);
  return {
    announce: async (presence) => {
      await redis
        .multi()
        .sadd(keys.workers, presence.id)
        .set(keys.worker(presence.id), JSON.stringify(presence), 'PX', FORGOTTEN_AFTER_MS)
        .exec();
    },
    leave: async (id) => {
      await redis.multi().srem(keys.workers, id).del(keys.worker(id)).exec();
    },
    workers: async () => {
      const ids = await redis.smembers(keys.workers);
      if (ids.length === 0) return [];
      const texts = await redis.mget(ids.map(keys.worker));
      const gone = ids.filter((_, at) => texts[at] === null);
      if (gone.length > 0) await redis.srem(keys.workers, ...gone);
      return texts.flatMap((text) => (text === null ? [] : parsePresence(text)));
    },
    claim: async (task, need) => {
      const key = keys.task(task);
      await redis.set(key, queueName(need), 'EX', CLAIM_KEPT_S, 'NX');
      return readQueueName((await redis.get(key)) ?? '') ?? need;
    },
    claimed: async (task) => readQueueName((await redis.get(keys.task(task))) ?? ''),
    release: async (task) => {
      await redis.del(keys.task(task));
    },
    addQueue: async (name) => {
      await redis.sadd(keys.queues, name);
    },
    queues: () => redis.smembers(keys.queues),
  };
}

/** Others may write there, too, and newer ones of us. */
function parsePresence(text: string): readonly WorkerPresence[] {
  try {
    return [presenceSchema.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
