/** What the system knows of processes. Linux only: elsewhere nothing is found. */
import { readdir, readFile } from 'node:fs/promises';

export type Process = { readonly pid: number; readonly parent: number; readonly command: string };

/** Those that were started with this HOME, by whomever. */
export async function processesOf(home: string): Promise<readonly Process[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const found = await Promise.all(
    pids.map(async (pid) =>
      (await read(pid, 'environ')).includes(`HOME=${home}\0`)
        ? [
            {
              pid: Number(pid),
              parent: parentIn(await read(pid, 'stat')),
              command: (await read(pid, 'cmdline')).replaceAll('\0', ' ').trim(),
            },
          ]
        : [],
    ),
  );
  return found.flat();
}

/** The second field is the program's name in brackets, in which anything may stand. */
function parentIn(stat: string): number {
  return Number(stat.replace(/^.*\) . /s, '').split(' ')[0]);
}

export async function countHandles(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`).catch(() => [])).length;
}
