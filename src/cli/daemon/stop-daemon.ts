/**
 * Asks the daemon to go, and waits until its process is gone.
 *
 *   answers ──▶ asked to drain, or to cancel ──▶ gone, or still there when the wait is over
 *   drains already, and shall not ──▶ SIGTERM, which ends its patience
 *   speaks another protocol ──▶ SIGTERM, which drains too, to the process that its endpoint file names
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { callDaemon } from '../../client/call-daemon.ts';
import { readHealth } from '../../client/ensure-daemon.ts';
import { endpointSchema } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { processIsAlive } from './process-is-alive.ts';

export type StopOptions = { readonly now: boolean; readonly waitMs: number };

export type Stopped =
  | { readonly kind: 'was-not-running' }
  | { readonly kind: 'stopped'; readonly pid: number }
  | { readonly kind: 'still-running'; readonly pid: number };

const POLL_MS = 50;

export async function stopDaemon(
  { paths }: Pick<Cli, 'paths'>,
  { now, waitMs }: StopOptions,
): Promise<Stopped> {
  const { socketPath, endpointFile } = paths;
  const health = await readHealth(socketPath);
  if (health === null) return { kind: 'was-not-running' };
  const pid = health.pid || (await pidInEndpoint(endpointFile));
  const accepted = await askToGo(socketPath, !now);
  const isPatient = now && health.state === 'draining';
  if ((!accepted || isPatient) && pid !== 0) terminate(pid);
  return (await isGone(pid, socketPath, waitMs)) ? { kind: 'stopped', pid } : { kind: 'still-running', pid };
}

async function askToGo(socketPath: string, drain: boolean): Promise<boolean> {
  const call = {
    socketPath,
    method: 'POST',
    path: '/v1/shutdown',
    body: { drain },
    timeoutMs: 5_000,
  } as const;
  const answer = await callDaemon(call).catch(() => null);
  return answer?.status === 200;
}

/** 0 where nobody says. */
async function pidInEndpoint(file: string): Promise<number> {
  try {
    return endpointSchema.parse(JSON.parse(await readFile(file, 'utf8'))).pid;
  } catch {
    return 0;
  }
}

function terminate(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has gone by itself, or is not ours to end: the wait will tell.
  }
}

async function isGone(pid: number, socketPath: string, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const there = pid === 0 ? (await readHealth(socketPath)) !== null : await processIsAlive(pid);
    if (!there) return true;
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
}
