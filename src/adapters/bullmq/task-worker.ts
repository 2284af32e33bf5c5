/**
 * A worker's side of the queues: takes tasks from those that fit, so many at a time over all of them, and gives back
 * their ends. What it takes is its own for as long as it says so; a worker that is lost says nothing, and its task goes
 * to another one.
 */
import { type Job, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { TaskSaying } from '../../protocol/queue.ts';
import { keysOf, type Need, readQueueName } from './names.ts';
import { createTeam } from './team.ts';
import { createTalkWriter } from './write-talk.ts';

export type TaskWorker = {
  /** Looks for queues, and for tasks that nobody wants any more; to be called every few seconds. */
  look(): Promise<void>;
  running(): number;
  done(): number;
  /** Takes nothing more; resolves when what it has taken has ended. */
  drain(): Promise<void>;
  /** What is still at work goes back, for others. */
  giveBack(): void;
  close(): Promise<void>;
};

export type TaskWorkerParts = {
  readonly redis: Redis;
  readonly namespace: string;
  readonly concurrency: number;
  /** Is a task that needs this one for us? */
  readonly fits: (need: Need) => boolean;
  readonly perform: (task: TakenTask) => Promise<unknown>;
  /** `null`: as many as there are. Redis counts those of all workers together that have a limit. */
  readonly tasksPerMinute?: (need: Need) => number | null;
  /** A worker that has not been heard of for this long is lost. */
  readonly leaseMs?: number;
};

export type TakenTask = {
  readonly id: string;
  readonly data: unknown;
  /** So many times it was taken by somebody who was then lost. */
  readonly lostBefore: number;
  readonly signal: AbortSignal;
  tell(news: object): Promise<void>;
  /** For whoever looks on; it may be lost. */
  say(saying: TaskSaying): void;
};

const LEASE_MS = 20_000;
const MINUTE_MS = 60_000;
/** The third one that is lost with it was perhaps ended by it. */
const MOST_LOST = 2;
/** Told where the task is given back. */
const GIVEN_BACK = Symbol('given back');
/** Told where it was away for so long that the task is another one's by now: its end would count nothing. */
const TAKEN_AWAY = Symbol('taken away');

type Turn = { readonly abort: AbortController; readonly ended: Promise<void> };

export function createTaskWorker(parts: TaskWorkerParts): TaskWorker {
  const { redis, namespace, concurrency, fits, leaseMs = LEASE_MS } = parts;
  const team = createTeam(redis, namespace);
  const keys = keysOf(namespace);
  const workers = new Map<string, Worker>();
  const atWork = new Map<string, Turn>();
  const waiting: (() => void)[] = [];
  let done = 0;
  let isDraining = false;

  /** BullMQ counts for each queue alone: where there are several, those whose tasks could not begin now have to wait. */
  const steer = () => {
    const isFull = workers.size > 1 && atWork.size >= concurrency;
    for (const worker of workers.values()) {
      if (isFull && !worker.isPaused()) void worker.pause(true).catch(() => undefined);
      if (!isFull && worker.isPaused()) worker.resume();
    }
  };

  const takeSlot = async (id: string) => {
    // Two queues may have given one at the same moment.
    while (atWork.size >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    const abort = new AbortController();
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    atWork.set(id, { abort, ended });
    steer();
    return { abort, end };
  };

  /** BullMQ renews one lease for each task: two turns of it would end each other's. */
  const endEarlierTurn = async (id: string): Promise<boolean> => {
    const earlier = atWork.get(id);
    earlier?.abort.abort(TAKEN_AWAY);
    await earlier?.ended;
    return earlier !== undefined;
  };

  const process = async (job: Job, token?: string): Promise<unknown> => {
    const id = job.id ?? '';
    if (await endEarlierTurn(id)) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    const { abort, end } = await takeSlot(id);
    const talk = createTalkWriter(redis, { key: keys.talk(id), round: job.attemptsStarted });
    try {
      const value = await parts.perform({
        id,
        data: job.data,
        lostBefore: job.stalledCounter,
        signal: abort.signal,
        tell: (news) => job.updateProgress(news).catch(() => undefined),
        say: talk.note,
      });
      if (abort.signal.reason === GIVEN_BACK) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      if (abort.signal.reason !== TAKEN_AWAY) done += 1;
      return value;
    } finally {
      talk.close();
      atWork.delete(id);
      end();
      waiting.shift()?.();
      steer();
    }
  };

  const open = (name: string, need: Need) => {
    const max = parts.tasksPerMinute?.(need) ?? null;
    const worker = new Worker(name, process, {
      connection: redis,
      prefix: namespace,
      concurrency,
      lockDuration: leaseMs,
      stalledInterval: leaseMs / 4,
      maxStalledCount: MOST_LOST,
      ...(max === null ? {} : { limiter: { max, duration: MINUTE_MS } }),
    });
    // The connection itself says when it is lost; what is lost with it goes to others.
    worker.on('error', () => undefined);
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) atWork.get(id)?.abort.abort(TAKEN_AWAY);
    });
    workers.set(name, worker);
    steer();
  };

  return {
    look: async () => {
      if (!isDraining)
        for (const name of await team.queues()) {
          const need = readQueueName(name);
          if (need !== null && !workers.has(name) && fits(need)) open(name, need);
        }
      const ids = [...atWork.keys()];
      if (ids.length === 0) return;
      const marks = await redis.mget(ids.map(keys.cancelled));
      for (const [at, id] of ids.entries()) if (marks[at] !== null) atWork.get(id)?.abort.abort();
    },
    running: () => atWork.size,
    done: () => done,
    drain: async () => {
      isDraining = true;
      await Promise.all([...workers.values()].map((worker) => worker.close()));
    },
    giveBack: () => {
      isDraining = true;
      for (const { abort } of atWork.values()) abort.abort(GIVEN_BACK);
    },
    close: async () => {
      isDraining = true;
      await Promise.all([...workers.values()].map((worker) => worker.close(true).catch(() => undefined)));
    },
  };
}
