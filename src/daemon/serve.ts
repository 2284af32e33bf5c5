/**
 * The daemon's life.
 *
 *   starting ──▶ serving ──(SIGTERM, /v1/shutdown, idle, socket lost)──▶ draining ──▶ gone
 */

import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { Paths } from '../adapters/files/paths.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { VERSION } from '../version.ts';
import { createHttpApi } from './api/http-api.ts';
import { createDaemon, type Daemon } from './create-daemon.ts';
import { openLog } from './log/log.ts';
import { logOutput } from './log/log-output.ts';
import { type BoundSocket, bindSocket } from './process/bind-socket.ts';
import { reportCrashes } from './process/report-crash.ts';
import type { StartLock } from './process/start-lock.ts';

const WATCH_MS = 2_000;
const DRAIN_LIMIT_MS = 300_000;
/** So that no server is left behind, where the kernel does not end it with us. */
const LAST_WORDS_MS = 1_000;

/** `program`: the daemon's own file. */
export async function serve(paths: Paths, lock: StartLock, program: string): Promise<number> {
  const signals = listenForSignals();
  const { log, flush: flushLog, close: closeLog } = openLog(paths.logsDir);
  reportCrashes(program, flushLog);
  process.once('exit', flushLog);
  const pageDir = dirname(program);
  const daemon = await createDaemon({ paths, env: process.env, log, pageDir, now: Date.now });
  log.level = daemon.logLevel;
  logOutput(log);
  const server = createAdaptorServer({ fetch: createHttpApi(daemon.services).fetch }) as Server;
  const bound = await bindSocket({
    server,
    endpointFile: paths.endpointFile,
    endpoint: {
      socketPath: paths.socketPath,
      pid: process.pid,
      version: VERSION,
      protocol: PROTOCOL_VERSION,
    },
  });
  await lock.release();
  log.info({ version: VERSION, socket: paths.socketPath }, 'serving');
  await daemon.start();
  const why = await untilAskedToGo(daemon, bound, signals.first);
  log.info({ why }, 'draining');
  // A second signal means that the first one's patience is over.
  signals.onNext(() => void leaveAtOnce(daemon, bound));
  await daemon.drain(DRAIN_LIMIT_MS);
  await bound.release();
  await daemon.close();
  log.info('gone');
  await closeLog();
  return 0;
}

type Reason = 'signal' | 'asked' | 'idle' | 'socket-lost';

type Signals = {
  first: Promise<Reason> /** Further ones, once this is called. */;
  onNext(act: () => void): void;
};

/**
 * From now on, so that one is heard that comes before the daemon has started. The listeners stay for good: a library
 * that cleans up at exit (signal-exit) ends the process at once where it finds itself to be the only listener.
 */
function listenForSignals(): Signals {
  let onSignal: () => void;
  const first = new Promise<Reason>((resolve) => {
    onSignal = () => resolve('signal');
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => onSignal());
  return {
    first,
    onNext: (act) => {
      onSignal = act;
    },
  };
}

async function untilAskedToGo(
  daemon: Daemon,
  bound: BoundSocket,
  signalled: Promise<Reason>,
): Promise<Reason> {
  let watch: NodeJS.Timeout | undefined;
  const noticed = new Promise<Reason>((notice) => {
    watch = setInterval(async () => {
      if (!(await bound.holdPlace())) notice('socket-lost');
      else if (daemon.idleFor() > daemon.idleExitMs) notice('idle');
    }, WATCH_MS);
  });
  const asked = daemon.shutdownAsked.then((): Reason => 'asked');
  return Promise.race([signalled, asked, noticed]).finally(() => clearInterval(watch));
}

async function leaveAtOnce(daemon: Daemon, bound: BoundSocket): Promise<never> {
  await Promise.race([Promise.allSettled([bound.release(), daemon.abandon()]), sleep(LAST_WORDS_MS)]);
  process.exit(143);
}
