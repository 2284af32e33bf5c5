/**
 * The pool at work: what happens becomes an event, the core says what to do, and it is done.
 *
 *   observe ─▶ advancePool (core) ─▶ act ─▶ what comes of it is observed again
 */
import { residentBytes } from '../adapters/opencode/process-facts.ts';
import { startWarmUpProvider } from '../adapters/opencode/serve/warm-up-provider.ts';
import { type Failure, failure, toFailure } from '../core/delegation/failure.ts';
import { advancePool } from '../core/pool/advance-pool.ts';
import { nextWake } from '../core/pool/next-wake.ts';
import type { PoolAction, Refusal } from '../core/pool/pool-action.ts';
import type { PoolEvent } from '../core/pool/pool-event.ts';
import type { PoolContext, PoolLimits } from '../core/pool/pool-limits.ts';
import { createPool } from '../core/pool/pool-state.ts';
import type { Server } from '../core/pool/server-state.ts';
import { createConnectedProviders } from './connected-providers.ts';
import { describePool } from './describe-pool.ts';
import { type LaunchSettings, launchPooledServer, type PooledServer } from './pooled-server.ts';
import type { ServerLedger } from './server-ledger.ts';
import type { Lease, LeaseRequest, ServerPool } from './server-pool.ts';

export type PoolOptions = Omit<LaunchSettings, 'warmUpUrl' | 'takenPorts'> & {
  readonly limits: PoolLimits;
  readonly ledger: ServerLedger;
  readonly now: () => number;
  readonly onProblem: (failure: Failure) => void;
};

/** A clock that is set, and a laptop that sleeps, are noticed after this time at the latest. */
const LONGEST_SLEEP_MS = 60_000;
const PROBE_TIMEOUT_MS = 2_000;
/** Directories that a new server is warmed for: those that were asked for last. */
const WARM_DIRECTORIES = 3;

type Waiter = {
  readonly grant: (lease: Lease) => void;
  readonly refuse: (why: Failure) => void;
};

export function createServerPool(options: PoolOptions): ServerPool {
  const { ledger, log, now } = options;
  const warmUp = startWarmUpProvider();
  const servers = new Map<string, PooledServer>();
  const launching = new Map<string, Promise<void>>();
  const waiters = new Map<string, Waiter>();
  let state = createPool();
  let directories: readonly string[] = [];
  let lastFailure: Failure | null = null;
  /** Servers that are being warmed, and shall stop being so when a task waits. */
  const impatient = new Set<() => void>();
  let nextTask = 1;
  let alarm: NodeJS.Timeout | null = null;
  let isStopped = false;

  const anyServer = () => {
    const [server] = servers.values();
    const [directory] = directories;
    return server === undefined || directory === undefined ? null : { server, directory };
  };
  const providers = createConnectedProviders(now, anyServer);

  /** A pool that nobody has used keeps no server: who routes nothing pays nothing. */
  let isUsed = false;
  const limits = (): PoolLimits => (isUsed ? options.limits : { ...options.limits, minServers: 0 });

  const context = (): PoolContext => ({ limits: limits(), now: now() });

  /** One timer, for the next moment in which the passing of time alone has something to be done. */
  function wakeWhenDue(): void {
    if (alarm !== null) clearTimeout(alarm);
    const due = isStopped ? null : nextWake(state, limits(), now());
    if (due === null) return;
    const inMs = Math.min(Math.max(due - now(), 1), LONGEST_SLEEP_MS);
    alarm = setTimeout(() => observe({ type: 'tick' }), inMs).unref();
  }

  function observe(event: PoolEvent): void {
    const step = advancePool(state, event, context());
    state = step.state;
    for (const action of step.actions) act(action);
    if (state.waiting.length > 0) {
      for (const hurry of impatient) hurry();
      impatient.clear();
    }
    wakeWhenDue();
  }

  function act(action: PoolAction): void {
    switch (action.type) {
      case 'grant-lease':
        grant(action.task, action.server);
        break;
      case 'refuse-task':
        refuse(action.task, refusalOf(action, lastFailure));
        break;
      case 'start-server':
        start(action.server);
        break;
      case 'stop-server':
        log.info({ place: action.server, why: action.why }, 'stopping a server');
        void servers.get(action.server)?.server.stop();
        break;
      case 'mark-task-lost':
        // The task's own stream breaks with its server, and tells its client.
        log.warn({ place: action.server, task: action.task }, 'a server took a task with it');
        break;
      case 'probe-server':
        void probe(action.server);
    }
  }

  /** Every server rests from a failure: whoever asks has Claude to turn to, and is better served at once. */
  function isHopeless(): boolean {
    const rests = ({ state: server }: Server) =>
      (server.name === 'failed' && server.retryAt > now()) ||
      (server.name === 'given-up' && server.since + options.limits.giveUpForMs > now());
    return lastFailure !== null && state.servers.length > 0 && state.servers.every(rests);
  }

  function refuseAll(why: Failure): void {
    for (const task of [...waiters.keys()]) {
      observe({ type: 'task-cancelled', task });
      refuse(task, why);
    }
  }

  function untilSomebodyWaits(): Promise<void> {
    if (state.waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => impatient.add(resolve));
  }

  function start(place: string): void {
    const launched = launch(place)
      .catch((error: unknown) => {
        lastFailure = toFailure(error);
        log.error({ place, failure: lastFailure }, 'opencode server did not start');
        options.onProblem(lastFailure);
        observe({ type: 'server-start-failed', server: place, why: sentence(lastFailure) });
        if (isHopeless()) refuseAll(lastFailure);
      })
      .finally(() => launching.delete(place));
    launching.set(place, launched);
  }

  async function launch(place: string): Promise<void> {
    const takenPorts = new Set([...servers.values()].map(({ server }) => server.port));
    const { url } = await warmUp;
    const pooled = await launchPooledServer(place, { ...options, warmUpUrl: url, takenPorts });
    const { server } = pooled;
    await ledger.add(server.pid);
    servers.set(place, pooled);
    void server.exited.then((how) => onExit(pooled, how));
    lastFailure = null;
    // A server that nobody waits for is made ready first; whoever waits would pay for its first prompt anyway.
    const warming = directories.map((directory) => warmOn(pooled, directory));
    await Promise.race([Promise.all(warming), untilSomebodyWaits()]);
    if (servers.get(place) === pooled) observe({ type: 'server-started', server: place, port: server.port });
  }

  function onExit(pooled: PooledServer, how: string): void {
    const { place, server } = pooled;
    pooled.close();
    servers.delete(place);
    void ledger.remove(server.pid);
    log.info({ place, port: server.port, how }, 'opencode server is gone');
    const wasAsked = state.servers.some(({ id, state: { name } }) => id === place && name === 'stopping');
    if (!wasAsked) options.onProblem(failure('server-died', { detail: how }));
    observe({ type: 'server-exited', server: place, why: how });
  }

  async function probe(place: string): Promise<void> {
    const pooled = servers.get(place);
    if (pooled === undefined) return;
    try {
      const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
      const { data } = await pooled.server.client.global.health({ signal });
      if (data?.healthy !== true) throw new Error('not healthy');
      observe({ type: 'probe-ok', server: place, rssBytes: await residentBytes(pooled.server.pid) });
    } catch (error) {
      observe({ type: 'probe-failed', server: place, why: String(error) });
    }
  }

  function grant(task: string, place: string): void {
    const pooled = servers.get(place);
    const waiter = waiters.get(task);
    waiters.delete(task);
    if (waiter === undefined || pooled === undefined) {
      observe({ type: 'lease-released', task, server: place });
      return;
    }
    let held = true;
    waiter.grant({
      host: pooled.host,
      serverId: pooled.lifeId,
      place,
      release: () => {
        if (held) observe({ type: 'lease-released', task, server: place });
        held = false;
      },
      suspect: () => {
        if (held) observe({ type: 'server-suspected', server: place });
      },
    });
  }

  function refuse(task: string, why: Failure): void {
    waiters.get(task)?.refuse(why);
    waiters.delete(task);
  }

  async function warmOn(pooled: PooledServer, directory: string): Promise<void> {
    await pooled.warm(directory);
    if (providers.latest() === null) await providers.refresh(pooled, directory);
  }

  function lease(signal: AbortSignal, { deadlineMs, prefers }: LeaseRequest): Promise<Lease> {
    isUsed = true;
    if (lastFailure !== null && isHopeless()) return Promise.reject(lastFailure);
    const task = String(nextTask);
    nextTask += 1;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        if (!waiters.delete(task)) return;
        observe({ type: 'task-cancelled', task });
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const settled = () => signal.removeEventListener('abort', onAbort);
      waiters.set(task, {
        grant: (granted) => {
          settled();
          resolve(granted);
        },
        refuse: (why) => {
          settled();
          reject(why);
        },
      });
      observe({ type: 'task-arrived', task, deadline: now() + deadlineMs, prefers });
      if (signal.aborted) onAbort();
    });
  }

  return {
    start: async () => {
      const swept = await ledger.sweep();
      if (swept > 0) log.warn({ servers: swept }, 'ended servers that an earlier daemon left');
    },
    lease,
    warm: async (directory) => {
      directories = [directory, ...directories.filter((known) => known !== directory)].slice(
        0,
        WARM_DIRECTORIES,
      );
      if (servers.size === 0) {
        try {
          const held = await lease(AbortSignal.timeout(options.startTimeoutMs), {
            deadlineMs: options.startTimeoutMs,
            prefers: null,
          });
          held.release();
        } catch (error) {
          return toFailure(error);
        }
      }
      await Promise.all([...servers.values()].map((pooled) => warmOn(pooled, directory)));
      return null;
    },
    outlook: () => {
      if (state.servers.some(({ state: { name } }) => name === 'ready')) return 'running';
      return isHopeless() ? 'unavailable' : 'startable';
    },
    providers: providers.latest,
    status: () => describePool(state, context(), (place) => servers.get(place)?.server.pid ?? null),
    scale: (count) => observe({ type: 'scale-asked', servers: count }),
    recycle: (port) => {
      const asked = port === null ? 'all' : state.servers.find((server) => server.port === port)?.id;
      if (asked === undefined) return false;
      observe({ type: 'recycle-asked', server: asked });
      return true;
    },
    stop: async () => {
      isStopped = true;
      if (alarm !== null) clearTimeout(alarm);
      observe({ type: 'stop-asked' });
      await Promise.allSettled(launching.values());
      await Promise.all([...servers.values()].map(({ server }) => server.stop()));
      await (await warmUp).close();
    },
  };
}

function refusalOf(refusal: Refusal, lastFailure: Failure | null): Failure {
  switch (refusal.reason) {
    case 'queue-full':
      return failure('pool-full');
    case 'deadline':
      return failure('deadline-exceeded', { detail: 'no server was free in time' });
    case 'stopping':
      return failure('draining');
    case 'no-server':
      return lastFailure ?? failure('server-start-failed', { detail: refusal.why });
  }
}

function sentence({ message, detail }: Failure): string {
  return [message, detail].filter(Boolean).join(' ');
}
