/**
 * What setup has changed, and what was there before: written down before anything is changed, so that whatever
 * happens in between, the next setup or uninstall can tell.
 *
 *   guard(file): a copy of its bytes ──▶ record.json names it ──▶ write(file): what it will be ──▶ the file itself
 */
import { readFile, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { makePrivateDir, writePrivateFile } from '../../adapters/files/write-private-file.ts';
import { fingerprint, readBytes, replaceFile } from './user-file.ts';

const guardedSchema = z.object({
  path: z.string(),
  /** Name of the copy of what was there; `null` where nothing was. */
  before: z.string().nullable(),
  /** Fingerprint of what setup made of it; `null` as long as nothing was written. */
  after: z.string().nullable(),
});

/** One more where an earlier program would misread the record. */
export const RECORD_VERSION = 1;

const recordSchema = z.object({
  version: z.literal(RECORD_VERSION),
  state: z.enum(['changing', 'done']),
  files: z.array(guardedSchema),
  /** Folders that were not there. */
  folders: z.array(z.string()),
});

export type GuardedFile = z.infer<typeof guardedSchema>;
export type SetupRecord = z.infer<typeof recordSchema>;

const NOTHING: SetupRecord = { version: RECORD_VERSION, state: 'changing', files: [], folders: [] };

export type RecordKeeper = {
  record(): SetupRecord;
  /** Before anything else is done to the file, by us or by a program that we run. */
  guard(file: string): Promise<void>;
  /** What was there before the first setup; `null` where nothing was. */
  before(file: string): Promise<Buffer | null>;
  /** A folder that a program may make for us. */
  guardFolder(folder: string): Promise<void>;
  /** A folder that a program makes for us alone. */
  guardOwnFolder(folder: string): Promise<void>;
  write(file: string, text: string): Promise<void>;
  /** The file as a program has left it. */
  note(file: string): Promise<void>;
  finish(): Promise<void>;
  /** Everything that this run has touched becomes what it was when it began. */
  rollBack(): Promise<void>;
};

export async function readRecord(folder: string): Promise<SetupRecord | null> {
  const text = await readFile(recordFile(folder), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function backupOf(folder: string, { before }: GuardedFile): Promise<Buffer | null> {
  return before === null ? Promise.resolve(null) : readBytes(join(folder, before));
}

export async function keepRecord(folder: string): Promise<RecordKeeper> {
  const earlier = await readRecord(folder);
  const hadFolder = await isThere(dirname(folder));
  const atStart = new Map<string, Buffer | null>();
  const madeForUs: string[] = [];
  let record: SetupRecord = earlier ?? NOTHING;

  const save = (next: SetupRecord): Promise<void> => {
    record = next;
    return writePrivateFile(recordFile(folder), `${JSON.stringify(record, null, 2)}\n`);
  };
  const setAfter = (path: string, after: string | null): Promise<void> =>
    save({
      ...record,
      state: 'changing',
      files: record.files.map((file) => (file.path === path ? { ...file, after } : file)),
    });
  const guardFolder = async (path: string): Promise<void> => {
    if (record.folders.includes(path) || (await isThere(path))) return;
    if (dirname(path) !== path) await guardFolder(dirname(path));
    await save({ ...record, folders: [...record.folders, path] });
  };

  return {
    record: () => record,
    guardFolder,
    guardOwnFolder: async (folder) => {
      await guardFolder(dirname(folder));
      if (!(await isThere(folder))) madeForUs.push(folder);
    },
    guard: async (file) => {
      await guardFolder(dirname(file));
      const bytes = await readBytes(file);
      if (!atStart.has(file)) atStart.set(file, bytes);
      if (record.files.some(({ path }) => path === file)) return;
      const before = bytes === null ? null : `${record.files.length}-${basename(file)}`;
      await makePrivateDir(folder);
      if (before !== null && bytes !== null) await replaceFile(join(folder, before), bytes);
      const guarded: GuardedFile = { path: file, before, after: null };
      await save({ ...record, state: 'changing', files: [...record.files, guarded] });
    },
    before: async (file) => {
      const guarded = record.files.find(({ path }) => path === file);
      return guarded === undefined ? readBytes(file) : backupOf(folder, guarded);
    },
    write: async (file, text) => {
      await setAfter(file, fingerprint(text));
      await replaceFile(file, text);
    },
    note: async (file) => setAfter(file, fingerprint(await readBytes(file))),
    finish: () => save({ ...record, state: 'done' }),
    rollBack: async () => {
      for (const [file, bytes] of atStart) await replaceFile(file, bytes);
      for (const own of madeForUs) await rm(own, { recursive: true, force: true });
      const made = record.folders.filter((path) => !earlier?.folders.includes(path));
      if (earlier !== null) await save(earlier);
      else await rm(folder, { recursive: true, force: true });
      await removeEmpty([...made, ...(hadFolder ? [] : [dirname(folder)])]);
    },
  };
}

/** The deepest first; one that holds something stays. */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
  for (const folder of deepestFirst) {
    await rmdir(folder).catch(() => undefined);
  }
}

export function recordFile(folder: string): string {
  return join(folder, 'record.json');
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
