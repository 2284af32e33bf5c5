/** One server of the pool as long as it lives: launched, listened to, warmed. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../adapters/opencode/free-port.ts';
import { type EventFeed, openEventFeed } from '../../adapters/opencode/serve/event-feed.ts';
import {
  type LaunchResult,
  launchServer,
  type OpencodeServer,
  type ServerProcess,
} from '../../adapters/opencode/serve/launch-server.ts';
import { mergeConfigContent, serverConfig } from '../../adapters/opencode/serve/server-config.ts';
import { warmDirectory } from '../../adapters/opencode/serve/warm-directory.ts';
import { sessionStore } from '../../adapters/opencode/session-stores.ts';
import { failure } from '../../core/delegation/failure.ts';
import type { Log } from '../log/log.ts';
import type { SessionKeeper } from './server-pool.ts';
import type { Serving } from './task-desk.ts';

export type LaunchSettings = {
  readonly command: string;
  readonly args: readonly string[];
  readonly basePort: number;
  readonly startTimeoutMs: number;
  readonly env: NodeJS.ProcessEnv;
  readonly stateDir: string;
  readonly warmUpUrl: string;
  readonly log: Log;
  /** Ports that this pool's other servers have or are about to have. */
  readonly takenPorts: ReadonlySet<number>;
  /** Ends the start, and what has come of it. */
  readonly signal: AbortSignal;
  /** Each process of it; another port is another process. */
  readonly onProcess: (process: ServerProcess) => void;
};

export type PooledServer = Serving & {
  readonly server: OpencodeServer;
  /** Once for each directory and life. */
  warm(directory: string): Promise<void>;
  /** Resolves when its event stream breaks. */
  readonly deaf: Promise<string>;
  close(): void;
};

/** Its store is ours, and ends with it. */
const KEEP_ALL: SessionKeeper = { opened: () => undefined, ended: () => undefined };

/** All that OpenCode 1.18.33 says when it cannot listen. */
const PORT_TAKEN = /ServeError/;
const MORE_PORTS = 3;

/** Rejects with a `Failure`; then nothing of it runs any more. */
export async function launchPooledServer(place: string, settings: LaunchSettings): Promise<PooledServer> {
  const folder = join(settings.stateDir, 'opencode');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = await launchOnFreePort(place, folder, settings);
  const { feed, deaf } = await openFeed(server, settings);
  const { port, pid } = server;
  settings.log.info({ place, port, serverPid: pid }, 'opencode server ready');
  return {
    place,
    lifeId: `${place}-${pid}-${port}`,
    server,
    sessions: KEEP_ALL,
    host: { client: server.client, feed, exited: server.exited },
    warm: warmOnce(server, settings.log),
    deaf,
    close: () => feed.close(),
  };
}

/** Between a look at a port and the server's own bind somebody else may take it: then it is another's turn. */
async function launchOnFreePort(
  place: string,
  folder: string,
  settings: LaunchSettings,
): Promise<OpencodeServer> {
  const taken = new Set(settings.takenPorts);
  for (let tries = 0; ; tries += 1) {
    const port = await findFreePort(settings.basePort, taken);
    if (port === null)
      throw failure('server-start-failed', { detail: `no free port from ${settings.basePort}` });
    const result = await launchOn(port, { place, folder, settings });
    if (result.ok) return result.server;
    if (!PORT_TAKEN.test(result.failure.detail ?? '') || tries === MORE_PORTS) throw result.failure;
    taken.add(port);
  }
}

type Where = { readonly place: string; readonly folder: string; readonly settings: LaunchSettings };

function launchOn(port: number, { place, folder, settings }: Where): Promise<LaunchResult> {
  const { command, args, env, startTimeoutMs, warmUpUrl, signal, onProcess, log } = settings;
  return launchServer({
    command,
    args,
    port,
    cwd: folder,
    env,
    configContent: mergeConfigContent(env.OPENCODE_CONFIG_CONTENT, serverConfig(warmUpUrl)),
    // A store of its own for each place: the user's list of sessions stays clean, and no two servers share one.
    databaseFile: sessionStore(settings.stateDir, place),
    startTimeoutMs,
    signal,
    onProcess,
    onOutput: (line) => log.debug({ port, line }, 'opencode says'),
  });
}

async function openFeed(
  server: OpencodeServer,
  { startTimeoutMs, signal, log }: LaunchSettings,
): Promise<{ readonly feed: EventFeed; readonly deaf: Promise<string> }> {
  const { port } = server;
  let hasBegun = false;
  let tellDeaf: (why: string) => void = () => undefined;
  const deaf = new Promise<string>((resolve) => {
    tellDeaf = resolve;
  });
  const onBroken = (error: string) => {
    log.warn({ port, error }, 'event stream broke');
    // Before that there was nothing to miss.
    if (hasBegun) tellDeaf(error);
  };
  try {
    const feed = await openEventFeed(server.client, { timeoutMs: startTimeoutMs, onBroken, signal });
    hasBegun = true;
    return { feed, deaf };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function warmOnce({ client, port }: OpencodeServer, log: Log): (directory: string) => Promise<void> {
  const warmed = new Map<string, Promise<void>>();
  return (directory) => {
    const earlier = warmed.get(directory);
    if (earlier !== undefined) return earlier;
    const warming = warmDirectory(client, directory).catch((error: unknown) => {
      warmed.delete(directory);
      log.warn({ port, directory, error: String(error) }, 'warm-up failed');
    });
    warmed.set(directory, warming);
    return warming;
  };
}
