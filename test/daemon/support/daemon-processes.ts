// Which daemons run in this home? Asked of the process table, not of the daemons.
import { readdirSync, readFileSync } from 'node:fs';

/** Pids of the processes that run omcmd.js with this HOME, without those that only put one in the background. */
export function daemonProcesses(home: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => isDaemon(read(pid, 'cmdline')) && read(pid, 'environ').includes(`HOME=${home}\0`))
    .map(Number);
}

function isDaemon(commandLine: string): boolean {
  return commandLine.includes('omcmd.js') && !commandLine.includes('--background');
}

/** Empty for a process that is gone: a zombie has no command line either. */
function read(pid: string, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
