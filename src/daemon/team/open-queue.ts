/** Brings tasks to the workers of a team through Redis, with the code that they need, and knows who is there. */
import { createBlobs } from '../../adapters/bullmq/blobs.ts';
import { connectRedis, type RedisAddress } from '../../adapters/bullmq/connect-redis.ts';
import type { Talk } from '../../adapters/bullmq/read-talk.ts';
import { describeRedisTrouble } from '../../adapters/bullmq/redis-trouble.ts';
import { createTaskQueue, type QueueEnd, type QueueWatch } from '../../adapters/bullmq/task-queue.ts';
import { createTeam } from '../../adapters/bullmq/team.ts';
import type { PackedCode } from '../../adapters/git/pack-code.ts';
import type { ConnectedProvider } from '../../adapters/opencode/serve/list-providers.ts';
import { untilAborted } from '../../adapters/opencode/until-aborted.ts';
import { pickNeed } from '../../core/dispatch/pick-need.ts';
import type { QueuedTask } from '../../protocol/queue.ts';
import type { TeamStatus } from '../../protocol/status.ts';
import { watchTeam } from './watch-team.ts';

export type SentTask = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly models: readonly string[];
};

export type TaskSender = {
  send(task: SentTask, what: Parcel, watch: QueueWatch): Promise<QueueEnd>;
  /** What it says and does while a worker has it. @returns Ends it. */
  follow(task: SentTask, onTalk: (talk: Talk) => void): () => void;
  cancel(task: SentTask): Promise<void>;
  /** Its end is known, and its work is taken in. */
  forget(task: SentTask): Promise<void>;
  /** What a worker has sent back, under this name. */
  fetch(task: SentTask, blob: string): Promise<Buffer | null>;
};

/** Its code is added on the way. */
export type MessageWithoutCode = Omit<QueuedTask, 'code'>;

export type Parcel = {
  readonly message: MessageWithoutCode;
  readonly code: PackedCode;
  /** Nobody could have the code from its remote. */
  readonly withBundle: boolean;
  readonly turn: number;
};

export type OpenQueue = {
  readonly sender: TaskSender;
  /** What the workers have connected; `null`: nobody is there. */
  providers(): readonly ConnectedProvider[] | null;
  /** As of a moment ago: it never waits for Redis. */
  status(): TeamStatus;
  close(): Promise<void>;
};

export type OpenQueueParts = {
  readonly address: RedisAddress;
  readonly namespace: string;
  /** Makes the bundle of a commit of the run's repository. */
  readonly bundle: (code: PackedCode, what: 'head' | 'base') => Promise<Buffer>;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
  readonly onTold: (message: string) => void;
};

export function openQueue(parts: OpenQueueParts): OpenQueue {
  const { address, namespace, bundle, now, onProblem, onTold } = parts;
  const connection = connectRedis(address, (trouble) => {
    if (trouble === null) onTold('Redis answers');
    else onProblem(trouble.code, describeRedisTrouble(trouble, 'tasks wait until it does'));
  });
  const { redis } = connection;
  const team = createTeam(redis, namespace);
  const blobs = createBlobs(redis, namespace);
  const queue = createTaskQueue(redis, namespace);
  const there = watchTeam({ redis, team, counts: queue.counts, now, onProblem });
  const unserved = new Set<string>();
  const fetched = new Map<string, string>();

  const upload = async (name: string, make: () => Promise<Buffer>): Promise<string> => {
    if (!(await blobs.has(name))) await blobs.put(name, await make());
    return name;
  };

  const pack = async ({ message, code, withBundle }: Parcel): Promise<QueuedTask> => {
    const { repository, head, base, prefix } = code;
    const needsBundle = withBundle || code.remote === null;
    const whole = needsBundle ? await upload(`head.${head}`, () => bundle(code, 'head')) : null;
    const patch = base === head ? null : await upload(`base.${base}`, () => bundle(code, 'base'));
    const remote = withBundle ? null : code.remote;
    return { ...message, code: { repository, head, base, prefix, remote, bundle: whole, patch } };
  };

  const needOf = ({ tags, models: [best = '', ...others] }: SentTask) => {
    const { provider, isServed } = pickNeed({ models: [best, ...others], tags, workers: there.workers() });
    const need = [provider, ...tags].join(' ');
    if (isServed) unserved.delete(need);
    else if (!unserved.has(need)) {
      unserved.add(need);
      onProblem(
        'no-worker',
        `No worker is there for: ${need}. Its tasks wait; start one with \`omcm worker\`.`,
      );
    }
    return { provider, tags };
  };

  return {
    sender: {
      send: async (task, parcel, watch) => {
        const whole = async (): Promise<QueueEnd> => {
          await there.first;
          const need = await team.claim(task.id, needOf(task));
          const data = await pack(parcel);
          return queue.perform({ need, id: task.id, data, turn: parcel.turn }, watch);
        };
        try {
          return await untilAborted(whole(), watch.signal);
        } catch (error) {
          if (watch.signal.aborted) return { kind: 'aborted' };
          throw error;
        }
      },
      follow: ({ id }, onTalk) => queue.follow(id, onTalk),
      cancel: async (task) => {
        const need = await team.claimed(task.id);
        if (need !== null) await queue.cancel(need, task.id);
      },
      forget: async ({ id }) => {
        const work = fetched.get(id);
        fetched.delete(id);
        const need = await team.claimed(id);
        if (need === null) return;
        await queue.forget(need, id);
        await Promise.all([team.release(id), ...(work === undefined ? [] : [blobs.remove(work)])]);
      },
      fetch: ({ id }, blob) => {
        fetched.set(id, blob);
        return blobs.get(blob);
      },
    },
    status: () => ({ redis: redis.status === 'ready' ? 'answers' : 'lost', namespace, ...there.status() }),
    providers: there.providers,
    close: async () => {
      const goodbye = Promise.allSettled([there.close(), queue.close()]);
      await Promise.race([goodbye, new Promise((go) => setTimeout(go, 1_000).unref())]);
      await connection.close();
    },
  };
}
