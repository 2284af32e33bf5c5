// The last context of each session, as it was before its conversation was compacted.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseContext, serialiseContext } from '../../core/context/serialise-context.ts';
import type { WorkContext } from '../../core/context/work-context.ts';
import { readJsonObject } from './read-json-object.ts';
import { writePrivateFile } from './write-private-file.ts';

const KEPT = 50;

/** Throws the file system's errors. */
export async function saveContext(folder: string, sessionId: string, context: WorkContext): Promise<void> {
  const file = savedFile(folder, sessionId);
  await writePrivateFile(file, `${JSON.stringify(serialiseContext(context))}\n`);
  await prune(path.dirname(file));
}

export async function readSavedContext(folder: string, sessionId: string): Promise<WorkContext | null> {
  const read = await readJsonObject(savedFile(folder, sessionId));
  const parsed = read.kind === 'ok' ? parseContext(read.raw) : null;
  return parsed?.ok === true ? parsed.context : null;
}

function savedFile(folder: string, sessionId: string): string {
  return path.join(folder, 'sessions', `${sessionId.replace(/[^\w-]/g, '_').slice(0, 100)}.json`);
}

async function prune(sessions: string): Promise<void> {
  const names = await readdir(sessions).catch(() => []);
  if (names.length <= KEPT) return;
  const dated = await Promise.all(
    names.map(async (name) => ({
      name,
      at: (await stat(path.join(sessions, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT);
  await Promise.all(old.map(({ name }) => rm(path.join(sessions, name), { force: true })));
}
