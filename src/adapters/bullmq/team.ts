/** Which workers and schedulers there are, and which queues. */
import type { Redis } from 'ioredis';
import {
  presenceSchema,
  type SchedulerPresence,
  schedulerSchema,
  type WorkerPresence,
} from '../../protocol/queue.ts';
import { keysOf, type Need, queueName, readQueueName } from './names.ts';
import { createRoll, type Roll } from './roll.ts';

export type Team = {
  readonly workers: Roll<WorkerPresence>;
  readonly schedulers: Roll<SchedulerPresence>;
  /** Which queue a task is in: the first that was named for it, so that it is never in two. */
  claim(task: string, need: Need): Promise<Need>;
  claimed(task: string): Promise<Need | null>;
  release(task: string): Promise<void>;
  addQueue(name: string): Promise<void>;
  queues(): Promise<readonly string[]>;
};

/** As long as the end of a task is kept that nobody has fetched. */
const CLAIM_KEPT_S = 2 * 24 * 60 * 60;

export function createTeam(redis: Redis, namespace: string): Team {
  const keys = keysOf(namespace);
  return {
    workers: createRoll(
      redis,
      { all: keys.workers, one: keys.worker },
      (value) => presenceSchema.safeParse(value).data ?? null,
    ),
    schedulers: createRoll(
      redis,
      { all: keys.schedulers, one: keys.scheduler },
      (value) => schedulerSchema.safeParse(value).data ?? null,
    ),
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
