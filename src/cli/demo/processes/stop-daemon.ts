// Ends the daemon of the stage and its servers, by the process ids that they themselves have told.
import { readFileSync } from 'node:fs';
import { callDaemon } from '../../../client/call-daemon.ts';
import type { Status } from '../../../protocol/status.ts';
import { asObject, parseJson } from '../../../simulation/json.ts';
import type { Stage } from '../stages/stage.ts';
import { endProcess, isGoneWithin } from './end-process.ts';
import type { StartedProcesses } from './started-processes.ts';

/** Longer than the daemon gives a server that does not want to go. */
const DAEMON_LEAVES_MS = 10_000;
const SERVER_LEAVES_MS = 1_000;

/**
 * Returns the processes that could not be ended. A daemon of the user's own stays: one that ran before, or one that
 * other sessions use by now.
 */
export async function stopDaemon(
  { kind, paths }: Pick<Stage, 'kind' | 'paths'>,
  processes: StartedProcesses,
): Promise<readonly number[]> {
  const status = await readStatus(paths.socketPath);
  const isUsers = processes.daemons().length === 0 || (status?.sessions ?? 0) > 0;
  if (kind === 'live' && isUsers) return [];
  // A daemon that died has been started again by the plugin.
  const present = readPid(paths.endpointFile);
  if (present !== null) processes.addDaemon(present);
  processes.addServers(status?.opencode.servers.flatMap(({ pid }) => pid ?? []) ?? []);
  const patience = (await askToLeave(paths.socketPath)) ? DAEMON_LEAVES_MS : 0;
  const left: number[] = [];
  for (const pid of processes.daemons()) {
    const isGone = (await isGoneWithin(pid, patience)) || (await endProcess(pid, { group: false }));
    if (!isGone) left.push(pid);
  }
  for (const pid of processes.servers()) {
    const isGone = (await isGoneWithin(pid, SERVER_LEAVES_MS)) || (await endProcess(pid, { group: true }));
    if (!isGone) left.push(pid);
  }
  return left;
}

async function askToLeave(socketPath: string): Promise<boolean> {
  const body = { drain: false };
  return callDaemon({ socketPath, method: 'POST', path: '/v1/shutdown', body, timeoutMs: 2_000 }).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function readStatus(socketPath: string): Promise<Status | null> {
  try {
    const { status, body } = await callDaemon({ socketPath, path: '/v1/status', timeoutMs: 2_000 });
    return status === 200 ? (body as Status) : null;
  } catch {
    return null;
  }
}

function readPid(endpointFile: string): number | null {
  try {
    const { pid } = asObject(parseJson(readFileSync(endpointFile, 'utf8')));
    return typeof pid === 'number' && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}
