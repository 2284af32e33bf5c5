// All lines of a log of ours, oldest first, over its rotated files. What is no JSON object is skipped.
import { readFile } from 'node:fs/promises';
import { errorCode } from './file-failure.ts';
import type { JsonObject } from './read-json-object.ts';
import { parseLines } from './read-lines.ts';
import { KEPT_FILES } from './rotate-file.ts';

/** Throws the file system's errors, other than that there is no such file. */
export async function readLog(file: string): Promise<readonly JsonObject[]> {
  const numbers = Array.from({ length: KEPT_FILES }, (_, index) => KEPT_FILES - index);
  const texts: string[] = [];
  // One after the other, oldest first: a rotation in between shows a line twice rather than not at all.
  for (const name of [...numbers.map((number) => `${file}.${number}`), file])
    texts.push(await readText(name));
  return texts.flatMap(parseLines);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
