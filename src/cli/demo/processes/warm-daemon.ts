// Starts the daemon of the stage, and has it warm a server for the project: what a session does at its start.
import { setTimeout as sleep } from 'node:timers/promises';
import { callDaemon } from '../../../client/call-daemon.ts';
import { ensureDaemon } from '../../../client/ensure-daemon.ts';
import type { ServerStatus, Status } from '../../../protocol/status.ts';
import { CommandError } from '../../command-error.ts';
import type { DemoWords } from '../messages/en.ts';
import type { Stage } from '../stages/stage.ts';
import type { StartedProcesses } from './started-processes.ts';

export type WarmUp = {
  readonly stage: Pick<Stage, 'home' | 'paths'>;
  /** Path of omcmd.js. */
  readonly program: string;
  readonly signal: AbortSignal;
  readonly processes: StartedProcesses;
  readonly words: DemoWords;
};

const START_MS = 15_000;
const WARM_MS = 60_000;
/** The daemon itself lets a server rest that did not start, for 2 s at first; a port may have been taken meanwhile. */
const ATTEMPTS = 3;
const REST_MS = 2_500;

export async function warmDaemon({ stage, program, signal, processes, words }: WarmUp): Promise<void> {
  const { socketPath } = stage.paths;
  const { projectDir: directory, env } = stage.home;
  const ensured = await ensureDaemon({ socketPath, program, env: env(), timeoutMs: START_MS });
  if (!ensured.ok) {
    throw new CommandError({
      code: ensured.code,
      exit: 'daemonUnreachable',
      message: words.daemonDidNotStart(ensured.message),
      hint: words.daemonDidNotStartHint,
    });
  }
  if (ensured.started) processes.addDaemon(ensured.health.pid);
  const post = (path: string, body: object) =>
    callDaemon({ socketPath, method: 'POST', path, body, timeoutMs: WARM_MS, signal });
  await post('/v1/sessions', { sessionId: 'omcm-demo', directory });
  let detail = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await sleep(REST_MS, undefined, { signal });
    await post('/v1/warm', { directory });
    const servers = await readServers(socketPath, signal);
    if (ensured.started) processes.addServers(servers.flatMap(({ pid }) => pid ?? []));
    if (servers.some(({ state }) => state === 'ready')) return;
    detail = servers.find(({ lastError }) => lastError !== null)?.lastError ?? detail;
  }
  throw new CommandError({
    code: 'opencode-not-ready',
    exit: 'failed',
    message: words.opencodeDidNotStart(detail),
    hint: words.opencodeDidNotStartHint,
  });
}

async function readServers(socketPath: string, signal: AbortSignal): Promise<readonly ServerStatus[]> {
  const { body } = await callDaemon({ socketPath, path: '/v1/status', timeoutMs: 5_000, signal });
  return (body as Status).opencode.servers;
}
