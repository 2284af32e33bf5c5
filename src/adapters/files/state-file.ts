// A small JSON file of ours that other tools may read and write too: versioned, whole, never lost.
//
//   read    ── ok ──► brought to today's version ──► parsed value and the problems in it
//           ── of a later version ──► left as it is
//           ── damaged ──► looked at once more under the lock ──► set aside as <file>.corrupt-<time>
//   update  ── under the lock: read, change, replace as a whole; fields that we do not know stay
import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure, type FileFailure, failureFrom } from './file-failure.ts';
import { currentVersion, type Migration, migrateState } from './migrate-state.ts';
import { isJsonObject, type JsonObject, type JsonObjectRead, readJsonObject } from './read-json-object.ts';
import { setAside } from './set-aside.ts';
import { withFileLock } from './with-file-lock.ts';
import { writePrivateFile } from './write-private-file.ts';

/** Something in a readable file that could not be used. */
export type StateProblem = { readonly keyPath: string; readonly message: string };

export type ParsedState<T> = { readonly value: T; readonly problems: readonly StateProblem[] };

export type StateFileSpec<T> = {
  readonly file: string;
  /** One for each change that older code would misread: the first brings a file of version 1 to 2, and so on. */
  readonly migrations: readonly Migration[];
  readonly parse: (raw: JsonObject, modifiedAt: number) => ParsedState<T>;
  /** Names every field that it owns, also the empty ones: what it leaves out is kept as foreign. */
  readonly serialise: (value: T) => JsonObject;
};

export type StateRead<T> =
  | ({ readonly kind: 'ok' } & ParsedState<T>)
  | { readonly kind: 'missing' }
  /** `setAside` is null where the folder did not let us move it. */
  | { readonly kind: 'damaged'; readonly setAside: string | null }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

export type StateUpdate<T> =
  | { readonly kind: 'written'; readonly value: T; readonly setAside: string | null }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

/** A tool that does not write atomically needs a moment to finish its file. */
const UNFINISHED_WRITE_MS = 50;

export async function readStateFile<T>(spec: StateFileSpec<T>, now = Date.now): Promise<StateRead<T>> {
  const read = bringUpToDate(spec, await readJsonObject(spec.file));
  if (read.kind !== 'damaged') return interpret(spec, read);
  try {
    return await withFileLock(spec.file, async () => {
      const again = await readTwice(spec);
      if (again.kind !== 'damaged') return interpret(spec, again);
      return { kind: 'damaged', setAside: await setAside(spec.file, now()) };
    });
  } catch (error) {
    failureFrom(error, spec.file);
    return { kind: 'damaged', setAside: null };
  }
}

export async function updateStateFile<T>(
  spec: StateFileSpec<T>,
  update: (current: T | null) => T,
  now = Date.now,
): Promise<StateUpdate<T>> {
  try {
    return await withFileLock(spec.file, () => updateUnderLock(spec, update, now));
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error, spec.file) };
  }
}

async function updateUnderLock<T>(
  spec: StateFileSpec<T>,
  update: (current: T | null) => T,
  now: () => number,
): Promise<StateUpdate<T>> {
  const read = await readTwice(spec);
  const current = interpret(spec, read);
  if (current.kind === 'failed') return current;

  const aside = current.kind === 'damaged' ? await setAside(spec.file, now()) : null;
  if (current.kind === 'damaged' && aside === null) return failed('damaged', spec.file);

  const value = update(current.kind === 'ok' ? current.value : null);
  const fields = { version: currentVersion(spec.migrations), ...spec.serialise(value) };
  const content = read.kind === 'ok' ? overlay(read.raw, fields) : fields;
  await writePrivateFile(spec.file, `${JSON.stringify(content, null, 2)}\n`);
  return { kind: 'written', value, setAside: aside };
}

function interpret<T>(spec: StateFileSpec<T>, read: JsonObjectRead): StateRead<T> {
  if (read.kind === 'damaged') return { kind: 'damaged', setAside: null };
  if (read.kind !== 'ok') return read;
  return { kind: 'ok', ...spec.parse(read.raw, read.modifiedAt) };
}

type Known = Pick<StateFileSpec<unknown>, 'file' | 'migrations'>;

async function readTwice(spec: Known): Promise<JsonObjectRead> {
  const read = bringUpToDate(spec, await readJsonObject(spec.file));
  if (read.kind !== 'damaged') return read;
  await sleep(UNFINISHED_WRITE_MS);
  return bringUpToDate(spec, await readJsonObject(spec.file));
}

/** The file itself is written anew with the next update. */
function bringUpToDate({ file, migrations }: Known, read: JsonObjectRead): JsonObjectRead {
  if (read.kind !== 'ok') return read;
  const migrated = migrateState(read.raw, migrations);
  switch (migrated.kind) {
    case 'ok':
      return { ...read, raw: migrated.raw };
    case 'newer':
      return failed('newer-version', file);
    case 'damaged':
      return { kind: 'damaged' };
  }
}

/** Our fields over what is there; entries that we did not name stay, at every depth. */
function overlay(base: JsonObject, fields: JsonObject): JsonObject {
  const merged = Object.entries(fields).map(([key, value]) => {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    return [key, isJsonObject(before) && isJsonObject(value) ? overlay(before, value) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

function failed(
  reason: 'damaged' | 'newer-version',
  file: string,
): { readonly kind: 'failed'; readonly failure: FileFailure } {
  return { kind: 'failed', failure: describeFailure(reason, file) };
}
