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
import { type BoundSocket, bindSocket } from './bind-socket.ts';
import { createDaemon, type Daemon } from './create-daemon.ts';
import { createHttpApi } from './http-api.ts';
import { openLog } from './log.ts';
import { logOutput } from './log-output.ts';
import { reportCrashes } from './report-crash.ts';
import type { StartLock } from './start-lock.ts';

const WATCH_MS = 2_000;
const DRAIN_LIMIT_MS = 300_000;
/** So that no server is left behind, where the kernel does not end it with us. */
const LAST_WORDS_MS = 1_000;

/** `program`: the daemon's own file. */
export async function serve(paths: Paths, lock: StartLock, program: string): Promise<number> {
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
  const why = await untilAskedToGo(daemon, bound);
  log.info({ why }, 'draining');
  // A second signal means that the first one's patience is over.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void leaveAtOnce(daemon, bound));
  }
  await daemon.drain(DRAIN_LIMIT_MS);
  await bound.release();
  await daemon.close();
  log.info('gone');
  await closeLog();
  return 0;
}

type Reason = 'signal' | 'asked' | 'idle' | 'socket-lost';

function untilAskedToGo(daemon: Daemon, bound: BoundSocket): Promise<Reason> {
  return new Promise((resolve) => {
    const onSignal = () => leave('signal');
    const watch = setInterval(async () => {
      if (!(await bound.holdPlace())) leave('socket-lost');
      else if (daemon.idleFor() > daemon.idleExitMs) leave('idle');
    }, WATCH_MS);
    const leave = (why: Reason) => {
      clearInterval(watch);
      process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
      resolve(why);
    };
    process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
    void daemon.shutdownAsked.then(() => leave('asked'));
  });
}

async function leaveAtOnce(daemon: Daemon, bound: BoundSocket): Promise<never> {
  await Promise.race([Promise.allSettled([bound.release(), daemon.abandon()]), sleep(LAST_WORDS_MS)]);
  process.exit(143);
}
