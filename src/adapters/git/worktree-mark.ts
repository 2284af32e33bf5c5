/**
 * What a worktree of ours is, written down beside it before it is made: so that the next daemon can clear away what a
 * killed one has left, and nothing else.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './inspect-repository.ts';

export type WorktreeMark = {
  readonly repository: Repository;
  /** The commit that the task's view begins with. */
  readonly base: string;
  readonly task: WorktreeTask;
  /** The branch that has its work. */
  readonly branch: string | null;
};

export type WorktreeTask = { readonly run: string; readonly task: string; readonly place: number };

const VERSION = 1;

export async function writeMark(home: string, mark: WorktreeMark): Promise<void> {
  const file = join(home, 'mark.json');
  await writeFile(`${file}.new`, JSON.stringify({ version: VERSION, ...mark }), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** `null` where there is none that can be read. */
export async function readMark(home: string): Promise<WorktreeMark | null> {
  try {
    const value: unknown = JSON.parse(await readFile(join(home, 'mark.json'), 'utf8'));
    return isMark(value) ? value : null;
  } catch {
    return null;
  }
}

function isMark(value: unknown): value is WorktreeMark {
  const { version, repository, base, task, branch } = asRecord(value);
  const { root, gitDir, commonDir, prefix } = asRecord(repository);
  const { run, task: id, place } = asRecord(task);
  const texts = [root, gitDir, commonDir, prefix, base, run, id];
  const isKnown = version === VERSION && typeof place === 'number';
  return isKnown && texts.every((text) => typeof text === 'string') && isTextOrNull(branch);
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
