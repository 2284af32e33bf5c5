import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIsAlive } from '../../src/adapters/processes/process-is-alive.ts';

/** Asks, waits, insists; back when the process is gone. */
export async function stopProcess(pid: number, graceMs = 10_000): Promise<void> {
  const insistAt = Date.now() + graceMs;
  signal(pid, 'SIGTERM');
  while (isRunning(pid)) {
    if (Date.now() > insistAt) signal(pid, 'SIGKILL');
    await sleep(25);
  }
}

/** Not when only its entry is left, which the first process of this machine may take seconds to remove. */
export function isRunning(pid: number): boolean {
  return processIsAlive(pid);
}

function signal(pid: number, what: NodeJS.Signals): void {
  try {
    process.kill(pid, what);
  } catch {
    // It ended in between.
  }
}

/**
 * Ends what still runs with this folder in its environment, also what those start as they end.
 * Linux only: elsewhere nothing is found.
 */
export async function endProcessesUnder(folder: string): Promise<void> {
  for (let quietRounds = 0; quietRounds < 3; quietRounds += 1) {
    const found = await processesUnder(folder);
    await Promise.all(found.map((pid) => stopProcess(pid, 1_000)));
    if (found.length > 0) quietRounds = 0;
    await sleep(200);
  }
}

export async function processesUnder(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 0);
  const found: number[] = [];
  for (const pid of pids) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.includes(folder)) found.push(pid);
  }
  return found;
}
