// Keeps the full text of delegated answers that are too long for the conductor.
import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type FileFailure, failureFrom } from './file-failure.ts';
import { writePrivateFile } from './write-private-file.ts';

export type SavedResult =
  | { readonly kind: 'saved'; readonly file: string }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

const KEPT_RESULTS = 200;
const LONGEST_NAME = 80;

export async function saveResult(resultsDir: string, taskId: string, text: string): Promise<SavedResult> {
  const file = resultFile(resultsDir, taskId);
  try {
    await writePrivateFile(file, text);
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error, file) };
  }
  await pruneResults(resultsDir, file);
  return { kind: 'saved', file };
}

/** Where a task's answer lies or will lie: a digest names it before the whole answer is there. */
export function resultFile(resultsDir: string, taskId: string): string {
  return path.join(resultsDir, `${safeName(taskId)}.md`);
}

/** A task's id may be anything; one that had to be changed is told apart by its hash. */
function safeName(taskId: string): string {
  const safe = taskId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, LONGEST_NAME);
  if (safe === taskId && safe !== '') return safe;
  return `${safe}-${createHash('sha256').update(taskId).digest('hex').slice(0, 12)}`;
}

async function pruneResults(resultsDir: string, justSaved: string): Promise<void> {
  try {
    const newestFirst = (await listResults(resultsDir))
      .filter(({ file }) => file !== justSaved)
      .sort((a, b) => b.modifiedAt - a.modifiedAt);
    const surplus = newestFirst.slice(KEPT_RESULTS - 1);
    await Promise.all(surplus.map(({ file }) => rm(file, { force: true })));
  } catch (error) {
    // The result is saved; another process may be pruning too, and the next save tries again.
    failureFrom(error, resultsDir);
  }
}

async function listResults(resultsDir: string): Promise<readonly { file: string; modifiedAt: number }[]> {
  const names = (await readdir(resultsDir)).filter((name) => name.endsWith('.md'));
  const files = names.map(async (name) => {
    const file = path.join(resultsDir, name);
    return { file, modifiedAt: (await stat(file)).mtimeMs };
  });
  const settled = await Promise.allSettled(files);
  return settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
