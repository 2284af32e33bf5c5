/**
 * Asks the daemon to go, and waits until its process is gone.
 *
 *   asked to drain, or to cancel ──▶ gone, or still there when the wait is over
 *   drains already, and shall not ──▶ SIGTERM, which ends its patience
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { processIsAlive } from '../../adapters/processes/process-is-alive.ts';
import { callDaemon } from '../../client/call-daemon.ts';
import { readHealth } from '../../client/ensure-daemon.ts';

export type StopOptions = { readonly now: boolean; readonly waitMs: number };

export type Stopped =
  | { readonly kind: 'was-not-running' }
  | { readonly kind: 'stopped'; readonly pid: number }
  | { readonly kind: 'still-running'; readonly pid: number };

const POLL_MS = 50;

export async function stopDaemon(socketPath: string, { now, waitMs }: StopOptions): Promise<Stopped> {
  const health = await readHealth(socketPath);
  if (health === null) return { kind: 'was-not-running' };
  const { pid, state } = health;
  await askToGo(socketPath, !now);
  if (now && state === 'draining') terminate(pid);
  return { kind: (await isGoneWithin(pid, waitMs)) ? 'stopped' : 'still-running', pid };
}

/** One that does not answer this may be on its way out already: the wait will tell. */
async function askToGo(socketPath: string, drain: boolean): Promise<void> {
  const call = { socketPath, method: 'POST', path: '/v1/shutdown', body: { drain } } as const;
  await callDaemon({ ...call, timeoutMs: 5_000 }).catch(() => undefined);
}

function terminate(pid: number): void {
  // 0 and below would mean a whole process group.
  if (pid < 1) return;
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has gone by itself.
  }
}

async function isGoneWithin(pid: number, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (processIsAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
