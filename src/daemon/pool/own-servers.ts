/** The servers that are ours: started, stopped, probed, warmed, and written down as long as they run. */
import { residentBytes } from '../../adapters/opencode/process-facts.ts';
import type { ServerProcess } from '../../adapters/opencode/serve/launch-server.ts';
import { startWarmUpProvider } from '../../adapters/opencode/serve/warm-up-provider.ts';
import { removeSessionStore, sessionStore } from '../../adapters/opencode/session-stores.ts';
import { type Failure, failure, toFailure } from '../../core/delegation/failure.ts';
import type { PoolEvent } from '../../core/pool/pool-event.ts';
import { type LaunchSettings, launchPooledServer, type PooledServer } from './pooled-server.ts';
import type { ServerLedger } from './server-ledger.ts';

export type OwnServers = {
  find(place: string): PooledServer | null;
  list(): readonly PooledServer[];
  start(place: string): void;
  stop(place: string): void;
  probe(place: string): Promise<void>;
  /** Why the last start failed; `null` since one has worked. */
  lastFailure(): Failure | null;
  stopAll(): Promise<void>;
};

export type OwnServersOptions = Omit<LaunchSettings, 'warmUpUrl' | 'takenPorts' | 'signal' | 'onProcess'> & {
  readonly ledger: ServerLedger;
  readonly onProblem: (failure: Failure) => void;
};

export type OwnServersNews = {
  readonly observe: (event: PoolEvent) => void;
  /** What an earlier daemon left is gone; a server of it may have the store of a place. */
  readonly untilTidy: () => Promise<void>;
  /** A server that nobody waits for is made ready first; whoever waits would pay for its first prompt anyway. */
  readonly warm: (server: PooledServer) => Promise<void>;
  /** Its end was asked for. */
  readonly isExpected: (place: string) => boolean;
};

type Launch = { readonly done: Promise<void>; readonly stopping: AbortController };

const PROBE_TIMEOUT_MS = 2_000;

export function createOwnServers(options: OwnServersOptions, news: OwnServersNews): OwnServers {
  const { ledger, log, onProblem } = options;
  const { observe } = news;
  const warmUp = startWarmUpProvider();
  const servers = new Map<string, PooledServer>();
  const launching = new Map<string, Launch>();
  /** Stores of servers that are gone: whoever goes on with a conversation needs the server's own life. */
  const clearing = new Map<string, Promise<void>>();
  /** Not heard any more. */
  const deaf = new WeakSet<PooledServer>();
  let lastFailure: Failure | null = null;

  /** At once: a daemon that is killed while a server starts leaves that one as well. */
  const writeDown = ({ pid, exited }: ServerProcess): void => {
    void ledger.add(pid);
    void exited.then(() => ledger.remove(pid));
  };

  const launch = async (place: string, signal: AbortSignal): Promise<void> => {
    const { url } = await warmUp;
    await news.untilTidy();
    await clearing.get(place);
    const takenPorts = new Set([...servers.values()].map(({ server }) => server.port));
    const settings = { ...options, warmUpUrl: url, takenPorts, signal, onProcess: writeDown };
    const pooled = await launchPooledServer(place, settings);
    const { server } = pooled;
    servers.set(place, pooled);
    void server.exited.then((how) => onExit(pooled, how));
    void pooled.deaf.then((why) => onDeaf(pooled, why));
    lastFailure = null;
    if (signal.aborted) return server.stop();
    await news.warm(pooled);
    if (servers.get(place) === pooled) observe({ type: 'server-started', server: place, port: server.port });
  };

  /**
   * What was said while the stream was broken is not known: a task may have ended, or wait for an answer. So the life
   * ends here as a remote's does, and its tasks with it, which are tried again where that is safe. To ask for what was
   * missed (state, messages, children, questions) would be a second way to read a session, for a stream that does not
   * break on the loopback while the server is well.
   */
  const onDeaf = (pooled: PooledServer, why: string): void => {
    const { place, server } = pooled;
    if (servers.get(place) !== pooled || news.isExpected(place)) return;
    log.warn({ place, port: server.port, why }, 'ending a server that is not heard any more');
    deaf.add(pooled);
    // Until it has ended it takes no task.
    observe({ type: 'server-suspected', server: place });
    void server.stop();
  };

  const clear = (place: string): void => {
    clearing.set(place, removeSessionStore(sessionStore(options.stateDir, place)));
  };

  const onStartStopped = (place: string): void => {
    log.info({ place }, 'opencode server was stopped while it started');
    clear(place);
    observe({ type: 'server-start-failed', server: place, why: 'stopped' });
  };

  const onStartFailed = (place: string, error: unknown): void => {
    lastFailure = toFailure(error);
    log.error({ place, failure: lastFailure }, 'opencode server did not start');
    onProblem(lastFailure);
    observe({ type: 'server-start-failed', server: place, why: sentence(lastFailure) });
  };

  const onExit = (pooled: PooledServer, how: string): void => {
    const { place, server } = pooled;
    pooled.close();
    servers.delete(place);
    clear(place);
    log.info({ place, port: server.port, how }, 'opencode server is gone');
    if (!news.isExpected(place)) onProblem(failure('server-died', { detail: how }));
    observe({ type: 'server-exited', server: place, why: how });
  };

  return {
    find: (place) => servers.get(place) ?? null,
    list: () => [...servers.values()],
    start: (place) => {
      const stopping = new AbortController();
      const done = launch(place, stopping.signal)
        .catch((error: unknown) => {
          if (stopping.signal.aborted) onStartStopped(place);
          else onStartFailed(place, error);
        })
        .finally(() => {
          // A server that died while it was warmed may have a successor already.
          if (launching.get(place)?.stopping === stopping) launching.delete(place);
        });
      launching.set(place, { done, stopping });
    },
    stop: (place) => {
      launching.get(place)?.stopping.abort();
      void servers.get(place)?.server.stop();
    },
    probe: async (place) => {
      const pooled = servers.get(place);
      if (pooled === undefined) return;
      try {
        const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
        const { data } = await pooled.server.client.global.health({ signal });
        if (data?.healthy !== true || deaf.has(pooled)) throw new Error('not healthy');
        observe({ type: 'probe-ok', server: place, rssBytes: await residentBytes(pooled.server.pid) });
      } catch (error) {
        observe({ type: 'probe-failed', server: place, why: String(error) });
      }
    },
    lastFailure: () => lastFailure,
    stopAll: async () => {
      for (const { stopping } of launching.values()) stopping.abort();
      await Promise.all([...launching.values()].map(({ done }) => done));
      await Promise.all([...servers.values()].map(({ server }) => server.stop()));
      await Promise.all(clearing.values());
      await (await warmUp).close();
    },
  };
}

function sentence({ message, detail }: Failure): string {
  return [message, detail].filter(Boolean).join(' ');
}
