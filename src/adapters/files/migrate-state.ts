// Is a state file of an earlier version, and what does it say in the words of this one?
//
//   version 1 ──migrations[0]──▶ 2 ──migrations[1]──▶ 3 … what this program writes
import type { JsonObject } from './read-json-object.ts';

/** Says in the words of the next version what a file says; what it does not know stays. */
export type Migration = (raw: JsonObject) => JsonObject;

export type Migrated =
  | { readonly kind: 'ok'; readonly raw: JsonObject }
  /** Of a version that this program does not know: not ours to change. */
  | { readonly kind: 'newer' }
  /** It does not say what a file of its version says. */
  | { readonly kind: 'damaged' };

/** What this program writes; each migration makes it one more, and nothing else does. */
export function currentVersion(migrations: readonly Migration[]): number {
  return migrations.length + 1;
}

/** A file without a version is of the first: so other tools write it, and so the seed shows it. */
function versionOf({ version }: JsonObject): number {
  return typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : 1;
}

export function migrateState(raw: JsonObject, migrations: readonly Migration[]): Migrated {
  const version = versionOf(raw);
  if (version > currentVersion(migrations)) return { kind: 'newer' };
  try {
    const steps = migrations.slice(version - 1);
    const migrated = steps.reduce<JsonObject>(
      (older, migrate, at) => ({ ...migrate(older), version: version + at + 1 }),
      raw,
    );
    return { kind: 'ok', raw: migrated };
  } catch {
    return { kind: 'damaged' };
  }
}
