/** What does the system know of a process: since when it runs, and how much memory it holds. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/**
 * A mark of this process's life: a pid is given again, a pid with its start is not. `null` where nobody is there.
 * On Linux ticks since boot, elsewhere the start as `ps` writes it: to be compared, not to be read.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const fields = await statFields(pid);
    // A zombie is only waiting for its parent to look.
    return fields === null || fields[0] === 'Z' ? null : (fields[19] ?? null);
  }
  return ps(pid, 'lstart=');
}

/** Resident memory in bytes; `null` where it cannot be told. */
export async function residentBytes(pid: number): Promise<number | null> {
  if (process.platform === 'linux') {
    const pages = Number((await statFields(pid))?.[21]);
    return Number.isFinite(pages) ? pages * PAGE_BYTES : null;
  }
  const kilobytes = Number(await ps(pid, 'rss='));
  return kilobytes > 0 ? kilobytes * 1024 : null;
}

/** Four kilobytes wherever Node runs on Linux, but for some ARM servers, where memory then reads as too little. */
const PAGE_BYTES = 4096;

/** The fields of /proc/PID/stat after the name, which may hold spaces and parentheses itself. */
async function statFields(pid: number): Promise<readonly string[] | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? null;
}

function ps(pid: number, column: string): Promise<string | null> {
  if (process.platform === 'win32') return Promise.resolve(null);
  return new Promise((resolve) => {
    execFile('ps', ['-o', column, '-p', String(pid)], { timeout: 1_000 }, (error, out) => {
      resolve(error ? null : out.trim() || null);
    });
  });
}
