/** A pool of one: started when it is first needed, started again when it died, given a rest when it will not start. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type EventFeed, openEventFeed } from '../adapters/opencode/event-feed.ts';
import { findFreePort } from '../adapters/opencode/free-port.ts';
import { type LaunchResult, launchServer, type OpencodeServer } from '../adapters/opencode/launch-server.ts';
import { type ConnectedProvider, listProviders } from '../adapters/opencode/list-providers.ts';
import { mergeConfigContent, serverConfig } from '../adapters/opencode/server-config.ts';
import { warmDirectory } from '../adapters/opencode/warm-directory.ts';
import { startWarmUpProvider } from '../adapters/opencode/warm-up-provider.ts';
import { type Failure, failure, isFailure, toFailure } from '../core/delegation/failure.ts';
import type { ServerStatus } from '../protocol/status.ts';
import type { Log } from './log.ts';
import type { Lease, ServerPool } from './server-pool.ts';

export type PoolOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly basePort: number;
  readonly startTimeoutMs: number;
  readonly env: NodeJS.ProcessEnv;
  readonly stateDir: string;
  readonly now: () => number;
  readonly log: Log;
  readonly onProblem: (failure: Failure) => void;
};

type Running = {
  readonly server: OpencodeServer;
  readonly feed: EventFeed;
  readonly id: string;
  readonly startedAt: number;
  readonly warmed: Map<string, Promise<void>>;
  tasksRunning: number;
  tasksDone: number;
};

const PROVIDERS_FRESH_MS = 30_000;

/** All that OpenCode 1.18.33 says when it cannot listen. */
const PORT_TAKEN = /ServeError/;
const MORE_PORTS = 3;

/** After a failed start the next one waits: 2 s, 4 s, … a minute. Meanwhile callers are told at once. */
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 60_000;

export function createSingleServerPool(options: PoolOptions): ServerPool {
  const { log, now } = options;
  let running: Running | null = null;
  let starting: Promise<Running> | null = null;
  let providers: readonly ConnectedProvider[] | null = null;
  let providersAt = 0;
  let failed: { readonly failure: Failure; readonly times: number; readonly until: number } | null = null;
  let stopped = false;
  const warmUp = startWarmUpProvider();

  async function ensure(): Promise<Running> {
    if (stopped) throw failure('draining');
    if (running !== null) return running;
    if (starting !== null) return starting;
    if (failed !== null && now() < failed.until) throw failed.failure;
    starting = start().finally(() => {
      starting = null;
    });
    return starting;
  }

  async function start(): Promise<Running> {
    try {
      const started = await launch();
      failed = null;
      running = started;
      void started.server.exited.then((how) => onExit(started, how));
      if (stopped) await started.server.stop();
      return started;
    } catch (error) {
      throw noteFailedStart(error);
    }
  }

  /** Between a look at a port and the server's own bind somebody else may take it: then it is another's turn. */
  async function launchOnFreePort(folder: string): Promise<OpencodeServer> {
    const taken = new Set<number>();
    for (;;) {
      const port = await findFreePort(options.basePort, taken);
      if (port === null)
        throw failure('server-start-failed', { detail: `no free port from ${options.basePort}` });
      const result = await launchOn(port, folder);
      if (result.ok) return result.server;
      if (!PORT_TAKEN.test(result.failure.detail ?? '') || taken.size === MORE_PORTS) throw result.failure;
      taken.add(port);
    }
  }

  async function launchOn(port: number, folder: string): Promise<LaunchResult> {
    return launchServer({
      command: options.command,
      args: options.args,
      port,
      cwd: folder,
      env: options.env,
      configContent: mergeConfigContent(
        options.env.OPENCODE_CONFIG_CONTENT,
        serverConfig((await warmUp).url),
      ),
      databaseFile: join(folder, 'sessions.db'),
      startTimeoutMs: options.startTimeoutMs,
      onOutput: (line) => log.debug({ port, line }, 'opencode says'),
    });
  }

  async function launch(): Promise<Running> {
    const folder = join(options.stateDir, 'opencode');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const server = await launchOnFreePort(folder);
    const { port } = server;
    const feed = await openEventFeed(server.client, {
      timeoutMs: options.startTimeoutMs,
      onBroken: (error) => log.warn({ port, error }, 'event stream broke'),
    }).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    log.info({ port, serverPid: server.pid }, 'opencode server ready');
    const id = `${server.pid}-${now()}`;
    return { server, feed, id, startedAt: now(), warmed: new Map(), tasksRunning: 0, tasksDone: 0 };
  }

  function noteFailedStart(error: unknown): Failure {
    const why = isFailure(error) ? error : failure('server-start-failed', { detail: String(error) });
    const times = (failed?.times ?? 0) + 1;
    const rest = Math.min(FIRST_REST_MS * 2 ** (times - 1), LONGEST_REST_MS);
    failed = { failure: why, times, until: now() + rest };
    log.error({ failure: why, restMs: rest }, 'opencode server did not start');
    options.onProblem(why);
    return why;
  }

  function onExit(exited: Running, how: string): void {
    exited.feed.close();
    if (running === exited) running = null;
    if (stopped) return;
    log.warn({ port: exited.server.port, how }, 'opencode server is gone');
    options.onProblem(failure('server-died', { detail: how }));
  }

  async function warmOn(current: Running, directory: string): Promise<void> {
    const earlier = current.warmed.get(directory);
    if (earlier !== undefined) return earlier;
    const warming = warmDirectory(current.server.client, directory).catch((error: unknown) => {
      current.warmed.delete(directory);
      log.warn({ directory, error: String(error) }, 'warm-up failed');
    });
    current.warmed.set(directory, warming);
    await warming;
    await refreshProviders(current, directory);
  }

  /** The user may connect another provider at any time. */
  async function refreshProviders(current: Running, directory: string): Promise<void> {
    providersAt = now();
    providers = await listProviders(current.server.client, directory).catch(() => providers);
  }

  function leaseOn(current: Running): Lease {
    current.tasksRunning += 1;
    let held = true;
    return {
      host: { client: current.server.client, feed: current.feed, exited: current.server.exited },
      serverId: current.id,
      release: () => {
        if (!held) return;
        held = false;
        current.tasksRunning -= 1;
        current.tasksDone += 1;
      },
    };
  }

  return {
    lease: async (signal) => leaseOn(await untilAborted(ensure(), signal)),
    warm: async (directory) => {
      try {
        await warmOn(await ensure(), directory);
        return null;
      } catch (error) {
        return toFailure(error);
      }
    },
    providers: () => {
      const [directory] = running?.warmed.keys() ?? [];
      if (running !== null && directory !== undefined && now() - providersAt > PROVIDERS_FRESH_MS) {
        void refreshProviders(running, directory);
      }
      return providers;
    },
    status: () => statusOf(running, starting !== null, failed?.failure ?? null),
    stop: async () => {
      stopped = true;
      const last = running ?? (await starting?.catch(() => null)) ?? null;
      last?.feed.close();
      await last?.server.stop();
      await (await warmUp).close();
    },
  };
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function statusOf(
  running: Running | null,
  starting: boolean,
  lastFailure: Failure | null,
): readonly ServerStatus[] {
  const lastError =
    lastFailure === null ? null : [lastFailure.message, lastFailure.detail].filter(Boolean).join(' ');
  if (running === null) {
    if (!starting && lastFailure === null) return [];
    const state = starting ? 'starting' : 'failed';
    return [{ port: 0, pid: 0, state, tasksRunning: 0, tasksDone: 0, startedAt: 0, lastError }];
  }
  const { server, tasksRunning, tasksDone, startedAt } = running;
  return [
    { port: server.port, pid: server.pid, state: 'ready', tasksRunning, tasksDone, startedAt, lastError },
  ];
}
