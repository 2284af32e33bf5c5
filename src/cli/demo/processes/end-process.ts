import { setTimeout as sleep } from 'node:timers/promises';
import { processIsAlive } from '../../../adapters/processes/process-is-alive.ts';

const POLL_MS = 20;
const ASKED_MS = 4_000;
const FORCED_MS = 2_000;

/** Asks, then insists; true when the process is gone. A server leads a group of its own, and goes with it. */
export async function endProcess(
  pid: number,
  { group, patienceMs = ASKED_MS }: { readonly group: boolean; readonly patienceMs?: number },
): Promise<boolean> {
  if (await isGoneWithin(pid, 0)) return true;
  send(pid, 'SIGTERM', group);
  if (await isGoneWithin(pid, patienceMs)) return true;
  send(pid, 'SIGKILL', group);
  return isGoneWithin(pid, FORCED_MS);
}

export async function isGoneWithin(pid: number, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (processIsAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals, group: boolean): void {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
