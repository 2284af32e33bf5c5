/**
 * Ends a process and whatever it has started. The shells that OpenCode's agents use are process groups of their
 * own: a signal to its group does not reach them, and once it is gone nobody can tell whose they were.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export async function terminateTree(pid: number, exited: Promise<unknown>, graceMs: number): Promise<void> {
  const descendants = await listDescendants(pid).catch(() => []);
  signalGroup(pid, 'SIGTERM');
  for (const descendant of descendants) signalOne(descendant, 'SIGTERM');
  const gone = await Promise.race([exited.then(() => true), delay(graceMs)]);
  if (!gone) signalGroup(pid, 'SIGKILL');
  for (const descendant of descendants) signalOne(descendant, 'SIGKILL');
  await exited;
}

async function listDescendants(pid: number): Promise<readonly number[]> {
  const parents = process.platform === 'linux' ? await readParents() : await askParents();
  const found: number[] = [];
  for (let generation = [pid]; generation.length > 0; ) {
    generation = parents.filter(({ parent }) => generation.includes(parent)).map((child) => child.pid);
    found.push(...generation);
  }
  return found;
}

type Parentage = { readonly pid: number; readonly parent: number };

async function readParents(): Promise<readonly Parentage[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  // The second field is the program's name in brackets, in which anything may stand.
  return stats.map((stat, i) => ({
    pid: pids[i] ?? 0,
    parent: Number(stat.replace(/^.*\) . /s, '').split(' ')[0]),
  }));
}

async function askParents(): Promise<readonly Parentage[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  return stdout.split('\n').map((line) => {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent };
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  signalOne(process.platform === 'win32' ? pid : -pid, signal);
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone by itself.
  }
}

function delay(ms: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref();
  });
}
