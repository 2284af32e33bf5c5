/** Brings tasks to the workers of a team through Redis, with the code that they need, and knows who is there. */
import { createBlobs } from '../../adapters/bullmq/blobs.ts';
import { connectRedis, type RedisAddress } from '../../adapters/bullmq/connect-redis.ts';
import { describeRedisTrouble } from '../../adapters/bullmq/redis-trouble.ts';
import { createTaskQueue, type QueueEnd, type QueueWatch } from '../../adapters/bullmq/task-queue.ts';
import { createTeam } from '../../adapters/bullmq/team.ts';
import type { PackedCode } from '../../adapters/git/pack-code.ts';
import type { ConnectedProvider } from '../../adapters/opencode/serve/list-providers.ts';
import { pickNeed, providerOf } from '../../core/dispatch/pick-need.ts';
import type { QueuedTask, WorkerPresence } from '../../protocol/queue.ts';
import type { TeamStatus } from '../../protocol/status.ts';

export type SentTask = {
  readonly id: string;
  readonly tags: readonly string[];
  readonly models: readonly string[];
};

export type TaskSender = {
  send(task: SentTask, what: Parcel, watch: QueueWatch): Promise<QueueEnd>;
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
  readonly onProblem: (code: string, message: string) => void;
  readonly onTold: (message: string) => void;
};

const LOOK_MS = 2_000;

export function openQueue({ address, namespace, bundle, onProblem, onTold }: OpenQueueParts): OpenQueue {
  const connection = connectRedis(address, (trouble) => {
    if (trouble === null) onTold('Redis answers');
    else onProblem(trouble.code, describeRedisTrouble(trouble, 'tasks wait until it does'));
  });
  const { redis } = connection;
  const team = createTeam(redis, namespace);
  const blobs = createBlobs(redis, namespace);
  const queue = createTaskQueue(redis, namespace);
  const unserved = new Set<string>();
  const fetched = new Map<string, string>();
  let workers: readonly WorkerPresence[] = [];
  let queued: TeamStatus['queued'] = { waiting: 0, running: 0 };
  let providers: readonly ConnectedProvider[] | null = null;

  const look = async () => {
    const found = await team.workers();
    const text = JSON.stringify(found.map(({ models, draining }) => [models, draining]).sort());
    if (text !== JSON.stringify(workers.map(({ models, draining }) => [models, draining]).sort()))
      providers = gatherProviders(found);
    workers = found;
    queued = await queue.counts();
  };
  const first = look().catch(() => undefined);
  const timer = setInterval(() => {
    if (redis.status === 'ready') void look().catch(() => undefined);
  }, LOOK_MS).unref();

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
    const { provider, isServed } = pickNeed({ models: [best, ...others], tags, workers });
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
        const aborted = new Promise<QueueEnd>((resolve) => {
          const onAbort = () => resolve({ kind: 'aborted' });
          if (watch.signal.aborted) onAbort();
          else watch.signal.addEventListener('abort', onAbort, { once: true });
        });
        const whole = async (): Promise<QueueEnd> => {
          await first;
          const need = await team.claim(task.id, needOf(task));
          const data = await pack(parcel);
          return queue.perform({ need, id: task.id, data, turn: parcel.turn }, watch);
        };
        return Promise.race([whole(), aborted]);
      },
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
    status: () => ({
      redis: redis.status === 'ready' ? 'answers' : 'lost',
      namespace,
      workers: workers.map(describeWorker),
      queued,
    }),
    providers: () => providers,
    close: async () => {
      clearInterval(timer);
      await Promise.race([queue.close(), new Promise((go) => setTimeout(go, 1_000).unref())]);
      await connection.close();
    },
  };
}

function describeWorker({ models, protocol: _, ...worker }: WorkerPresence): TeamStatus['workers'][number] {
  return { ...worker, providers: [...new Set(models.map(providerOf))].sort() };
}

/** `null`, as long as nobody is there who could say which models there are. */
function gatherProviders(workers: readonly WorkerPresence[]): readonly ConnectedProvider[] | null {
  const models = new Set(workers.filter(({ draining }) => !draining).flatMap((worker) => worker.models));
  if (models.size === 0) return null;
  const ids = [...new Set([...models].map(providerOf))];
  return ids.map((id) => ({
    id,
    name: id,
    models: [...models]
      .filter((model) => providerOf(model) === id)
      .map((model) => model.slice(id.length + 1)),
    // Keys stay with the workers.
    direct: [],
  }));
}
