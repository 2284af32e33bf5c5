/** The pool at work: the loop decides with the core's help, servers and tasks are seen to by those who know them. */
import { readAccess } from '../../adapters/opencode/serve/read-access.ts';
import { removeSessionStores } from '../../adapters/opencode/session-stores.ts';
import { type Failure, failure, toFailure } from '../../core/delegation/failure.ts';
import type { PoolAction, Refusal } from '../../core/pool/pool-action.ts';
import type { PoolLimits } from '../../core/pool/pool-limits.ts';
import { findServer, listOwn } from '../../core/pool/pool-state.ts';
import type { Server } from '../../core/pool/server-state.ts';
import { createConnectedProviders } from './connected-providers.ts';
import { describePool } from './describe-pool.ts';
import { createOwnServers, type OwnServersOptions } from './own-servers.ts';
import { createPoolLoop } from './pool-loop.ts';
import type { PooledServer } from './pooled-server.ts';
import { createRemoteServers, type RemoteServersOptions } from './remote-servers.ts';
import type { Lease, LeaseRequest, ServerPool } from './server-pool.ts';
import { createTaskDesk } from './task-desk.ts';

export type PoolOptions = OwnServersOptions & {
  readonly limits: PoolLimits;
  readonly now: () => number;
  readonly remotes: RemoteServersOptions['remotes'];
  /** Where the passwords of remotes stand; no server of ours gets to see it. */
  readonly secrets: NodeJS.ProcessEnv;
};

/** Directories that a new server is warmed for: those that were asked for last. */
const WARM_DIRECTORIES = 3;

export function createServerPool(options: PoolOptions): ServerPool {
  const { ledger, log, now, secrets, remotes: configured } = options;
  let directories: readonly string[] = [];
  /** Servers that are being warmed, and shall stop being so when a task waits. */
  const impatient = new Set<() => void>();
  /** A pool that nobody has used keeps no server: who routes nothing pays nothing. */
  let isUsed = false;
  let tidied: Promise<void> | null = null;

  const limits = (): PoolLimits => (isUsed ? options.limits : { ...options.limits, minServers: 0 });
  const remotes = createRemoteServers({ remotes: configured, env: secrets, now, log }, (event) =>
    loop.observe(event),
  );
  const own = createOwnServers(options, {
    observe: (event) => {
      loop.observe(event);
      if (event.type === 'server-start-failed') refuseHopeless();
    },
    warm: async (pooled) => {
      const warming = directories.map((directory) => warmOn(pooled, directory));
      await Promise.race([Promise.all(warming), untilSomebodyWaits()]);
    },
    untilTidy: tidyOnce,
    isExpected: (place) => findServer(loop.state(), place)?.state.name === 'stopping',
  });
  const loop = createPoolLoop({
    remotes: remotes.places,
    limits,
    now,
    act,
    onStep: (state) => {
      remotes.follow(state);
      if (state.waiting.length === 0) return;
      for (const hurry of impatient) hurry();
      impatient.clear();
    },
  });
  const desk = createTaskDesk(loop.observe);
  const providers = createConnectedProviders(now, () => {
    const [pooled] = own.list();
    const [directory] = directories;
    return pooled === undefined || directory === undefined ? null : { client: pooled.host.client, directory };
  });

  function act(action: PoolAction): void {
    switch (action.type) {
      case 'grant-lease':
        desk.grant(action.task, own.find(action.server) ?? remotes.find(action.server), action.server);
        break;
      case 'refuse-task':
        desk.refuse(action.task, refusalOf(action, own.lastFailure()));
        break;
      case 'start-server':
        own.start(action.server);
        break;
      case 'stop-server':
        log.info({ place: action.server, why: action.why }, 'stopping a server');
        own.stop(action.server);
        break;
      case 'mark-task-lost':
        // The task's own stream breaks with its server, and tells its client.
        log.warn({ place: action.server, task: action.task }, 'a server took a task with it');
        break;
      case 'probe-server':
        void (remotes.places.includes(action.server) ? remotes : own).probe(action.server);
    }
  }

  function untilSomebodyWaits(): Promise<void> {
    if (loop.state().waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => impatient.add(resolve));
  }

  /**
   * Every server of ours rests from a failure, and no remote that could do it is there: whoever asks has Claude to turn
   * to, and is better served at once.
   */
  function whyHopeless(able: readonly string[]): Failure | null {
    const servers = listOwn(loop.state());
    if (servers.length === 0 || !servers.every(rests) || able.some(isThere)) return null;
    return own.lastFailure();
  }

  function rests({ state }: Server): boolean {
    if (state.name === 'failed') return state.retryAt > now();
    return state.name === 'given-up' && state.since + options.limits.giveUpForMs > now();
  }

  function isThere(place: string): boolean {
    return findServer(loop.state(), place)?.state.name === 'ready';
  }

  function refuseHopeless(): void {
    for (const { task, remotes: able } of loop.state().waiting) {
      const why = whyHopeless(able);
      if (why === null) continue;
      loop.observe({ type: 'task-cancelled', task });
      desk.refuse(task, why);
    }
  }

  async function warmOn(pooled: PooledServer, directory: string): Promise<void> {
    await pooled.warm(directory);
    const { client } = pooled.host;
    if (providers.latest() === null) await providers.refresh({ client, directory });
  }

  /** Clients may be served before the pool is told to start. */
  function tidyOnce(): Promise<void> {
    tidied ??= tidyUp();
    return tidied;
  }

  /**
   * A store of a server goes after the server: one that closes late removes files by name, also those that its
   * successor has made. The others go at once, before anybody can have a conversation in one of them.
   */
  async function tidyUp(): Promise<void> {
    const { stateDir } = options;
    const others = await removeSessionStores(stateDir, (place) => !isOwnPlace(place));
    const swept = await ledger.sweep();
    if (swept > 0) log.warn({ servers: swept }, 'ended servers that an earlier daemon left');
    const stores = others + (await removeSessionStores(stateDir, isOwnPlace));
    if (stores > 0) log.info({ stores }, 'removed the sessions of an earlier daemon');
  }

  async function lease(signal: AbortSignal, { deadlineMs, prefers, work }: LeaseRequest): Promise<Lease> {
    isUsed = true;
    const deadline = now() + deadlineMs;
    const able = remotes.places.length === 0 ? [] : await remotes.listAble(work);
    return takeTurn(signal, { deadline, prefers, remotes: able });
  }

  function takeTurn(signal: AbortSignal, wish: Parameters<typeof desk.wait>[1]): Promise<Lease> {
    const why = whyHopeless(wish.remotes);
    return why === null ? desk.wait(signal, wish) : Promise.reject(why);
  }

  /** A server of ours is there, or a remote that sees the folder makes it unnecessary; gives why not. */
  async function wakeUp(directory: string): Promise<Failure | null> {
    isUsed = true;
    const seen = remotes.see(directory);
    if (own.list().length > 0 || (options.limits.minServers === 0 && (await seen))) return null;
    try {
      const { startTimeoutMs } = options;
      const wish = { deadline: now() + startTimeoutMs, prefers: null, remotes: [] };
      (await takeTurn(AbortSignal.timeout(startTimeoutMs), wish)).release();
      return null;
    } catch (error) {
      return toFailure(error);
    }
  }

  return {
    start: async () => {
      const tidied = tidyOnce();
      loop.observe({ type: 'tick' });
      await tidied;
    },
    lease,
    warm: async (directory) => {
      directories = [directory, ...directories.filter((known) => known !== directory)].slice(
        0,
        WARM_DIRECTORIES,
      );
      const problem = await wakeUp(directory);
      await Promise.all([remotes.see(directory), ...own.list().map((pooled) => warmOn(pooled, directory))]);
      return problem;
    },
    outlook: () => {
      if (loop.state().servers.some(({ state: { name } }) => name === 'ready')) return 'running';
      return whyHopeless([]) === null ? 'startable' : 'unavailable';
    },
    access: async ({ opencodeProvider: provider, model }, directory) => {
      const problem = await wakeUp(directory);
      const [pooled] = own.list();
      if (pooled === undefined) throw problem ?? failure('server-start-failed');
      return readAccess(pooled.host.client, { provider, model, directory });
    },
    providers: () => providers.latest() ?? remotes.providers(),
    status: () =>
      describePool(loop.state(), loop.context(), {
        pidOf: (place) => own.find(place)?.server.pid ?? null,
        urlOf: remotes.urlOf,
      }),
    scale: (count) => loop.observe({ type: 'scale-asked', servers: count }),
    recycle: (port) => {
      const isMeant = (server: Server) => server.port === port;
      const asked = port === null ? 'all' : loop.state().servers.find(isMeant)?.id;
      if (asked === undefined) return false;
      loop.observe({ type: 'recycle-asked', server: asked });
      return true;
    },
    stop: async () => {
      loop.rest();
      loop.observe({ type: 'stop-asked' });
      await Promise.all([own.stopAll(), remotes.leave()]);
      await ledger.settled();
    },
  };
}

function isOwnPlace(place: string): boolean {
  return place.startsWith('server-');
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
