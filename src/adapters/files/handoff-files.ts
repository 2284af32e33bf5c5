// The files of a hand-over: in the project, where the other side reads them and git does not see them, and in the
// state folder, where they stay.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { appendLog } from './append-log.ts';
import { formatTime } from './parse-time.ts';
import { readLog } from './read-log.ts';
import { writePrivateFile } from './write-private-file.ts';

export type HandoffWay = 'to-opencode' | 'to-claude-code';

/** What each way is written into. */
const HANDOFF_FILES: Readonly<Record<HandoffWay, string>> = {
  'to-opencode': 'context.md',
  'to-claude-code': 'from-opencode.md',
};

export type HandoffEntry = {
  readonly way: HandoffWay;
  /** Of whoever handed over. */
  readonly sessionId: string | null;
  readonly at: number;
  readonly chars: number;
};

/** Writes the document; gives the project's file. Throws the file system's errors. */
export async function writeHandoff(
  { projectDir, folder }: { readonly projectDir: string; readonly folder: string },
  entry: HandoffEntry,
  document: string,
): Promise<string> {
  const name = HANDOFF_FILES[entry.way];
  const inProject = path.join(projectDir, '.omcm', 'handoff');
  await mkdir(inProject, { recursive: true });
  await keepFromGit(inProject);
  const file = path.join(inProject, name);
  await writePrivateFile(file, document);
  await writePrivateFile(path.join(folder, name), document);
  // The seed's place: the last one of all projects.
  if (entry.way === 'to-opencode') await writePrivateFile(path.join(folder, '..', name), document);
  await appendLog(
    path.join(folder, 'handoffs.jsonl'),
    JSON.stringify({ ...entry, at: formatTime(entry.at) }),
  );
  return file;
}

async function keepFromGit(folder: string): Promise<void> {
  const file = path.join(folder, '.gitignore');
  const there = await readFile(file, 'utf8').catch(() => null);
  if (there === null) await writeFile(file, '*\n');
}

/** Oldest first. Throws the file system's errors. */
export async function readHandoffs(folder: string): Promise<readonly HandoffEntry[]> {
  const lines = await readLog(path.join(folder, 'handoffs.jsonl'));
  return lines.flatMap(({ way, sessionId, at, chars }): readonly HandoffEntry[] => {
    const when = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    if ((way !== 'to-opencode' && way !== 'to-claude-code') || Number.isNaN(when)) return [];
    const session = typeof sessionId === 'string' ? sessionId : null;
    return [{ way, sessionId: session, at: when, chars: typeof chars === 'number' ? chars : 0 }];
  });
}
