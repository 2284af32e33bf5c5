/**
 * Which OpenCode servers are ours? Written down by pid and start, so that the next daemon can end those that this
 * one could not, and never takes a stranger for one of them.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { writePrivateFile } from '../../adapters/files/write-private-file.ts';
import { processStart } from '../../adapters/opencode/process-facts.ts';

export type ServerLedger = {
  add(pid: number): Promise<void>;
  remove(pid: number): Promise<void>;
  /** Resolves when everything that was told is written down. */
  settled(): Promise<void>;
  /** Ends the servers of an earlier daemon; gives how many there were. */
  sweep(): Promise<number>;
};

type Entry = { readonly pid: number; readonly start: string };

const GRACE_MS = 5_000;

export function createServerLedger(file: string): ServerLedger {
  let entries: readonly Entry[] = [];
  let writing: Promise<void> = Promise.resolve();

  /**
   * One change after the other, or a process that ends at once could be written down after it was crossed out. A
   * ledger that cannot be written costs no server.
   */
  const write = (change: () => Promise<void>): Promise<void> => {
    writing = writing
      .then(change)
      .then(() => writePrivateFile(file, `${JSON.stringify(entries)}\n`))
      .catch(() => undefined);
    return writing;
  };

  return {
    add: (pid) =>
      write(async () => {
        const start = await processStart(pid);
        if (start !== null) entries = [...entries, { pid, start }];
      }),
    remove: (pid) =>
      write(async () => {
        entries = entries.filter((entry) => entry.pid !== pid);
      }),
    settled: () => writing,
    sweep: async () => {
      const left = await readEntries(file);
      const ended = await Promise.all(left.map(endProcess));
      await write(async () => undefined);
      return ended.filter(Boolean).length;
    },
  };
}

async function readEntries(file: string): Promise<readonly Entry[]> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  const { pid, start } = (value ?? {}) as { pid?: unknown; start?: unknown };
  return typeof pid === 'number' && pid > 1 && typeof start === 'string';
}

async function endProcess({ pid, start }: Entry): Promise<boolean> {
  if ((await processStart(pid)) !== start) return false;
  signalGroup(pid, 'SIGTERM');
  const insistAt = Date.now() + GRACE_MS;
  while ((await processStart(pid)) === start && Date.now() < insistAt) await sleep(50);
  if ((await processStart(pid)) === start) signalGroup(pid, 'SIGKILL');
  return true;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended in this moment.
  }
}
