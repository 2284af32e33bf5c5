// Which daemons run in this home? Asked of the process table, not of the daemons.
import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** Pids of the processes that run omcmd.js with this HOME, without those that only put one in the background. */
export function daemonProcesses(home: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isDaemon(read(pid, 'cmdline')) && read(pid, 'environ').includes(`HOME=${home}\0`))
    .map(Number);
}

export async function killDaemons(home: string): Promise<void> {
  signalDaemons(home, 'SIGKILL');
  await until(() => daemonProcesses(home).length === 0);
}

/** In good order, as far as the time allows. */
export async function endDaemons(home: string, graceMs = 1_500): Promise<void> {
  signalDaemons(home, 'SIGTERM');
  await until(() => daemonProcesses(home).length === 0, graceMs).catch(() => killDaemons(home));
}

function signalDaemons(home: string, signal: NodeJS.Signals): void {
  for (const pid of daemonProcesses(home)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended in between.
    }
  }
}

function isDaemon(commandLine: string): boolean {
  return commandLine.includes('omcmd.js') && !commandLine.includes('--background');
}

/** Empty for a process that is gone, also for one that nobody has taken note of yet (a zombie). */
function read(pid: string, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
