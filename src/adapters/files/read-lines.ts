// The JSON objects of every file of lines in a folder. A line that is none was torn, and is left out.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject, type JsonObject } from './read-json-object.ts';

export type FileLines = { readonly file: string; readonly lines: readonly JsonObject[] };

/** A file that cannot be read is one without lines; a folder that is not there has no files. */
export async function readLinesIn(folder: string): Promise<readonly FileLines[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.jsonl')).map((name) => path.join(folder, name));
  return Promise.all(
    files.map(async (file) => ({ file, lines: parseLines(await readFile(file, 'utf8').catch(() => '')) })),
  );
}

export function parseLines(text: string): readonly JsonObject[] {
  return text.split('\n').flatMap(parseLine);
}

function parseLine(line: string): readonly JsonObject[] {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? [value] : [];
  } catch {
    return [];
  }
}
