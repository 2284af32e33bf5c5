// The lines of a log after one that is known. Usually only the newest file is read: the known line is in it.
import { readFile } from 'node:fs/promises';
import { errorCode } from './file-failure.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import { KEPT_FILES } from './rotate-file.ts';

/**
 * Oldest first. `isKnown` gets lines in which `mark` stands. A line that is nowhere any more has been rotated away,
 * so that all that is left comes after it. Throws the file system's errors, other than that there is no such file.
 */
export async function readLogAfter(
  file: string,
  mark: string | null,
  isKnown: (line: JsonObject) => boolean,
): Promise<readonly JsonObject[]> {
  let after: readonly JsonObject[] = [];
  for (const name of [file, ...Array.from({ length: KEPT_FILES }, (_, index) => `${file}.${index + 1}`)]) {
    const text = await readText(name);
    if (text === null) continue;
    const lines = parseLines(text);
    const known = mark === null || !text.includes(mark) ? -1 : lines.findLastIndex(isKnown);
    after = [...lines.slice(known + 1), ...after];
    if (known >= 0) break;
  }
  return after;
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseLines(text: string): readonly JsonObject[] {
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isJsonObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}
