/**
 * The daemon's life.
 *
 *   starting ──▶ serving ──(SIGTERM, /v1/shutdown, idle, socket lost)──▶ draining ──▶ gone
 */

import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Paths } from '../adapters/files/paths.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { VERSION } from '../version.ts';
import { bindSocket } from './bind-socket.ts';
import { createDaemon } from './create-daemon.ts';
import { createHttpApi } from './http-api.ts';
import { openLog } from './log.ts';

const WATCH_MS = 2_000;
const DRAIN_LIMIT_MS = 300_000;

export async function serve(paths: Paths): Promise<number> {
  const { log, close: closeLog } = openLog(paths.logsDir, process.env.OMCM_LOG_LEVEL ?? 'info');
  const daemon = await createDaemon({ paths, env: process.env, log, now: Date.now });
  const server = createAdaptorServer({ fetch: createHttpApi(daemon.services).fetch }) as Server;
  const bound = await bindSocket({
    server,
    stateDir: paths.stateDir,
    endpointFile: paths.endpointFile,
    endpoint: {
      socketPath: paths.socketPath,
      pid: process.pid,
      version: VERSION,
      protocol: PROTOCOL_VERSION,
    },
  });
  if (bound === null) {
    await daemon.close();
    await closeLog();
    return 0;
  }
  log.info({ version: VERSION, socket: paths.socketPath }, 'serving');
  const why = await untilAskedToGo(daemon, bound);
  log.info({ why }, 'draining');
  // A second signal means that the first one's patience is over.
  process.once('SIGTERM', () => process.exit(143));
  if (why !== 'socket-lost') await daemon.drain(DRAIN_LIMIT_MS);
  await bound.release();
  await daemon.close();
  log.info('gone');
  await closeLog();
  return 0;
}

type Reason = 'signal' | 'asked' | 'idle' | 'socket-lost';

function untilAskedToGo(
  daemon: Awaited<ReturnType<typeof createDaemon>>,
  bound: { isStillOurs(): Promise<boolean> },
): Promise<Reason> {
  return new Promise((resolve) => {
    const watch = setInterval(async () => {
      if (!(await bound.isStillOurs())) leave('socket-lost');
      else if (daemon.idleFor() > daemon.idleExitMs) leave('idle');
    }, WATCH_MS);
    const leave = (why: Reason) => {
      clearInterval(watch);
      resolve(why);
    };
    process.once('SIGTERM', () => leave('signal'));
    process.once('SIGINT', () => leave('signal'));
    void daemon.shutdownAsked.then(() => leave('asked'));
  });
}
