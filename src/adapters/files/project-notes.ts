// What a user has told to remember of a project with `omcm note`, one file for each project.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { ParsedState, StateFileSpec } from './state-file.ts';

export type Note = { readonly text: string; readonly at: number };

const KEPT_NOTES = 200;

/** Of this project in the state folder: notes, hand-overs, what was done for it. */
export function projectFolder(handoffDir: string, directory: string): string {
  const name = path
    .basename(directory)
    .replace(/[^\w.-]/g, '_')
    .slice(0, 40);
  return path.join(
    handoffDir,
    `${name}-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`,
  );
}

/** Oldest first. */
export function projectNotesSpec(folder: string): StateFileSpec<readonly Note[]> {
  return { file: path.join(folder, 'notes.json'), migrations: [], parse, serialise };
}

function parse({ notes }: JsonObject, modifiedAt: number): ParsedState<readonly Note[]> {
  const value = (Array.isArray(notes) ? notes : []).flatMap((note): readonly Note[] => {
    if (!isJsonObject(note) || typeof note.text !== 'string') return [];
    return [{ text: note.text, at: parseTime(note.at) ?? modifiedAt }];
  });
  return { value, problems: [] };
}

function serialise(notes: readonly Note[]): JsonObject {
  return { notes: notes.slice(-KEPT_NOTES).map(({ text, at }) => ({ text, at: formatTime(at) })) };
}
