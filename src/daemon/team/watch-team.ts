/** Who is in the team, as of a moment ago: asked every two seconds, while it is told that this scheduler is there. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import type { Counts } from '../../adapters/bullmq/task-queue.ts';
import type { Team } from '../../adapters/bullmq/team.ts';
import type { ConnectedProvider } from '../../adapters/opencode/serve/list-providers.ts';
import { providerOf } from '../../core/dispatch/pick-need.ts';
import { QUEUE_PROTOCOL, type SchedulerPresence, type WorkerPresence } from '../../protocol/queue.ts';
import type { TeamStatus } from '../../protocol/status.ts';
import { VERSION } from '../../version.ts';

export type TeamWatch = {
  /** Resolves when it was looked once. */
  readonly first: Promise<void>;
  /** Those that understand what is sent from here. */
  workers(): readonly WorkerPresence[];
  /** What these have connected; `null`: nobody is there. */
  providers(): readonly ConnectedProvider[] | null;
  status(): Omit<TeamStatus, 'redis' | 'namespace'>;
  close(): Promise<void>;
};

export type TeamWatchParts = {
  readonly redis: Pick<Redis, 'status'>;
  readonly team: Pick<Team, 'workers' | 'schedulers'>;
  readonly counts: () => Promise<Counts>;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

const LOOK_MS = 2_000;

export function watchTeam({ redis, team, counts, now, onProblem }: TeamWatchParts): TeamWatch {
  const own = { id: randomUUID(), host: hostname(), version: VERSION, protocol: QUEUE_PROTOCOL };
  /** When a worker has begun, by our own clock. */
  const since = new Map<string, number>();
  let all: readonly WorkerPresence[] = [];
  let able: readonly WorkerPresence[] = [];
  let schedulers: readonly SchedulerPresence[] = [];
  let queued: Counts = { waiting: 0, running: 0 };
  let providers: readonly ConnectedProvider[] | null = null;

  const meet = (worker: WorkerPresence) => {
    if (since.has(worker.id)) return;
    since.set(worker.id, now() - worker.uptimeMs);
    if (worker.protocol !== QUEUE_PROTOCOL) onProblem('worker-other-version', describeStranger(worker));
  };
  const look = async () => {
    await team.schedulers.announce(own);
    [all, schedulers, queued] = await Promise.all([team.workers.list(), team.schedulers.list(), counts()]);
    for (const worker of all) meet(worker);
    const ids = new Set(all.map(({ id }) => id));
    for (const id of since.keys()) if (!ids.has(id)) since.delete(id);
    const before = listModels(able);
    able = all.filter(({ protocol }) => protocol === QUEUE_PROTOCOL);
    if (listModels(able) !== before) providers = gatherProviders(able);
  };
  const timer = setInterval(() => {
    if (redis.status === 'ready') void look().catch(() => undefined);
  }, LOOK_MS).unref();

  return {
    first: look().catch(() => undefined),
    workers: () => able,
    providers: () => providers,
    status: () => ({
      workers: all.map((worker) => describeWorker(worker, since.get(worker.id) ?? 0)),
      queued,
      protocol: QUEUE_PROTOCOL,
      schedulers: schedulers.map(({ host, version, protocol }) => ({ host, version, protocol })),
    }),
    close: async () => {
      clearInterval(timer);
      await team.schedulers.leave(own.id);
    },
  };
}

function describeStranger({ id, version, protocol }: WorkerPresence): string {
  const which = protocol < QUEUE_PROTOCOL ? 'the worker' : 'this machine';
  return `The worker ${id} (OMCM ${version}) speaks protocol ${protocol} of the queue, this machine (OMCM ${VERSION}) ${QUEUE_PROTOCOL}: it is given nothing. Update ${which} (\`omcm update\`).`;
}

function describeWorker(
  { models, uptimeMs: _, ...worker }: WorkerPresence,
  since: number,
): TeamStatus['workers'][number] {
  return { ...worker, providers: [...new Set(models.map(providerOf))].sort(), since };
}

function listModels(workers: readonly WorkerPresence[]): string {
  return JSON.stringify(workers.map(({ models, draining }) => [models, draining]).sort());
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
