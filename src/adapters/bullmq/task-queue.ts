/**
 * The scheduler's side of the queue: a task goes in under an id, and its end comes out, also where another process put
 * it in, Redis was away meanwhile, or has lost it.
 *
 *   not there ──▶ waiting ──▶ active ──▶ completed: its end
 *       ▲            │           ├─────▶ failed: whoever had it was lost too often
 *       └────────────┴───────────┘  what Redis has lost is put in again
 */
import { Job, Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import { keysOf, type Need, queueName } from './names.ts';
import { createTalkReader, type Talk } from './read-talk.ts';
import { createTeam } from './team.ts';

export type TaskQueue = {
  perform(task: TaskToQueue, watch: QueueWatch): Promise<QueueEnd>;
  /** What it says and does while it is at work, as far as it is heard. @returns Ends it. */
  follow(id: string, onTalk: (talk: Talk) => void): () => void;
  /** Nobody waits for it any more: it leaves the queue, or is told to end. */
  cancel(need: Need, id: string): Promise<void>;
  /** Its end is known, and is not asked for again. */
  forget(need: Need, id: string): Promise<void>;
  /** How many wait and are at work, in all queues. */
  counts(): Promise<Counts>;
  close(): Promise<void>;
};

export type Counts = { readonly waiting: number; readonly running: number };

export type TaskToQueue = {
  readonly need: Need;
  /** Given again, it is the same task. */
  readonly id: string;
  readonly data: unknown;
  /** Lower goes first. */
  readonly turn: number;
};

export type QueueWatch = {
  readonly signal: AbortSignal;
  readonly onNews: (news: unknown) => void;
};

export type QueueEnd =
  | { readonly kind: 'ended'; readonly value: unknown }
  /** Each worker that had it was lost. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'aborted' };

/** Its end is told by an event; one that was not heard is found by looking. */
const LOOK_AGAIN_MS = 3_000;
/** Ends that nobody has fetched: their scheduler is gone for good. */
const KEPT_S = 2 * 24 * 60 * 60;
const CANCEL_KEPT_S = 24 * 60 * 60;
/** BullMQ's own limit. */
const LAST_TURN = 2_097_151;

type Line = { readonly queue: Queue; readonly events: QueueEvents; readonly wakers: Map<string, () => void> };

export function createTaskQueue(redis: Redis, namespace: string): TaskQueue {
  const team = createTeam(redis, namespace);
  const keys = keysOf(namespace);
  const talk = createTalkReader(redis);
  const lines = new Map<string, Line>();
  const foreign = new Map<string, Queue>();

  const lineOf = (need: Need): Line => {
    const name = queueName(need);
    const known = lines.get(name);
    if (known !== undefined) return known;
    const line = openLine(redis, namespace, name);
    lines.set(name, line);
    return line;
  };

  /** Of other schedulers. */
  const lookInto = (name: string): Queue => {
    const queue = foreign.get(name) ?? openQueue(redis, namespace, name);
    foreign.set(name, queue);
    return queue;
  };

  const add = async (line: Line, { need, id, data, turn }: TaskToQueue) => {
    await team.addQueue(queueName(need));
    const kept = { age: KEPT_S };
    const priority = Math.min(turn + 1, LAST_TURN);
    const options = { jobId: id, priority, removeOnComplete: kept, removeOnFail: kept };
    return line.queue.add('task', data, options);
  };

  return {
    perform: async (task, { signal, onNews }) => {
      const line = lineOf(task.need);
      const { id } = task;
      let told = '';
      const tell = (news: unknown) => {
        const text = JSON.stringify(news);
        // A job that has told nothing yet has a number there.
        if (typeof news !== 'object' || text === told) return;
        told = text;
        onNews(news);
      };
      let onAbort = () => {};
      const aborted = new Promise<'aborted'>((resolve) => {
        onAbort = () => resolve('aborted');
      });
      signal.addEventListener('abort', onAbort, { once: true });
      let isThere = false;
      const look = async (): Promise<QueueEnd | null> => {
        const job = (await Job.fromId(line.queue, id)) ?? (await add(line, task));
        isThere = true;
        tell(job.progress);
        const state = await job.getState();
        if (state === 'completed') {
          const ended = (await Job.fromId(line.queue, id)) ?? job;
          return { kind: 'ended', value: ended.returnvalue };
        }
        return state === 'failed' ? { kind: 'lost' } : null;
      };
      try {
        for (;;) {
          if (signal.aborted) return { kind: 'aborted' };
          const woken = new Promise<void>((resolve) => line.wakers.set(id, resolve));
          const looked = look().catch((error: unknown) => {
            // Once it is in the queue it is a worker's, whatever Redis says now.
            if (!isThere) throw error;
            return null;
          });
          const end = await Promise.race([looked, aborted]);
          if (end === 'aborted') return { kind: 'aborted' };
          if (end !== null) return end;
          if ((await Promise.race([woken, pause(LOOK_AGAIN_MS), aborted])) === 'aborted')
            return { kind: 'aborted' };
        }
      } finally {
        line.wakers.delete(id);
        signal.removeEventListener('abort', onAbort);
      }
    },
    cancel: async (need, id) => {
      const { queue, wakers } = lineOf(need);
      wakers.delete(id);
      await redis.set(keys.cancelled(id), '1', 'EX', CANCEL_KEPT_S);
      const job = await Job.fromId(queue, id);
      // One that is at work is locked: its worker sees the mark.
      await job?.remove().catch(() => undefined);
    },
    follow: (id, onTalk) => talk.follow(keys.talk(id), onTalk),
    forget: async (need, id) => {
      const job = await Job.fromId(lineOf(need).queue, id);
      await job?.remove().catch(() => undefined);
      await redis.del(keys.talk(id));
    },
    counts: async () => {
      const names = await team.queues();
      const all = await Promise.all(names.map((name) => countIn(lines.get(name)?.queue ?? lookInto(name))));
      return all.reduce(
        (sum, { waiting, running }) => ({ waiting: sum.waiting + waiting, running: sum.running + running }),
        { waiting: 0, running: 0 },
      );
    },
    close: async () => {
      await Promise.allSettled([
        ...[...lines.values()].flatMap(({ queue, events }) => [queue.close(), events.close()]),
        ...[...foreign.values()].map((queue) => queue.close()),
      ]);
    },
  };
}

function openLine(redis: Redis, namespace: string, name: string): Line {
  const wakers = new Map<string, () => void>();
  const queue = openQueue(redis, namespace, name);
  const events = new QueueEvents(name, { connection: redis, prefix: namespace });
  const wake = ({ jobId }: { readonly jobId: string }) => wakers.get(jobId)?.();
  for (const event of ['completed', 'failed', 'progress'] as const) events.on(event, wake);
  events.on('error', () => undefined);
  return { queue, events, wakers };
}

function openQueue(redis: Redis, namespace: string, name: string): Queue {
  const queue = new Queue(name, { connection: redis, prefix: namespace });
  // The connection itself says when it is lost.
  queue.on('error', () => undefined);
  return queue;
}

async function countIn(queue: Queue): Promise<Counts> {
  const { active = 0, ...waiting } = await queue.getJobCounts('active', 'waiting', 'prioritized', 'delayed');
  return { running: active, waiting: Object.values(waiting).reduce((sum, one) => sum + one, 0) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
