/** One file without what is ours: byte for byte what it was, unless somebody has changed it since. */
import type { JsonObject } from '../../adapters/files/read-json-object.ts';
import { sayTheSame, withoutOurs } from './claude-settings-text.ts';
import { withoutBlock } from './marked-block.ts';
import type { Places } from './places.ts';
import { installedWithoutOurs, marketplacesWithoutOurs, sameList } from './plugin-lists.ts';
import { fingerprint, readBytes, replaceFile } from './user-file.ts';

export type Restored = {
  readonly path: string;
  /** `ours-taken-out`: it was changed since, and its other changes stay. */
  readonly how: 'restored' | 'ours-taken-out' | 'untouched';
};

export type Earlier = {
  readonly path: string;
  /** What was there; `null` where nothing was, `undefined` where nobody has written it down. */
  readonly before: Buffer | null | undefined;
  /** Fingerprint of what setup made of it. */
  readonly after: string | null;
};

export async function restoreFile(places: Places, { path, before, after }: Earlier): Promise<Restored> {
  const now = await readBytes(path);
  const end = (how: Restored['how']): Restored => ({ path, how });
  const restore = async (bytes: Buffer | null): Promise<Restored> => {
    if (fingerprint(now) === fingerprint(bytes)) return end('untouched');
    await replaceFile(path, bytes);
    return end('restored');
  };
  if (now === null) return end('untouched');
  if (before !== undefined && fingerprint(now) === after) return restore(before);
  const text = now.toString('utf8');
  const left = takeOut(
    places,
    path,
    text,
    before === undefined ? undefined : (before?.toString('utf8') ?? null),
  );
  if (left === AS_BEFORE) return before === undefined ? end('untouched') : restore(before);
  if (left === text) return end('untouched');
  await replaceFile(path, left);
  return end('ours-taken-out');
}

/** Apart from what is ours it says what it said. */
const AS_BEFORE = Symbol('as before');

type Left = string | typeof AS_BEFORE;
type Before = string | null | undefined;

function takeOut(places: Places, path: string, now: string, before: Before): Left {
  if (path === places.settings) {
    const isAsBefore = before !== undefined && sayTheSame(now, before ?? '{}');
    return isAsBefore ? AS_BEFORE : withoutOurs(now);
  }
  if (path === places.installedPlugins) return takeOutOfList(installedWithoutOurs, now, before);
  if (path === places.marketplaces) return takeOutOfList(marketplacesWithoutOurs, now, before);
  const bare = withoutBlock(now);
  if (bare !== now) return bare === (before ?? '') ? AS_BEFORE : bare;
  // All of it is ours, where nothing was before.
  return before === null ? AS_BEFORE : now;
}

function takeOutOfList(without: (text: string) => JsonObject | null, now: string, before: Before): Left {
  const left = without(now);
  const was = typeof before === 'string' ? without(before) : null;
  if (before !== undefined && sameList(left, was)) return AS_BEFORE;
  if (sameList(left, read(now))) return now;
  return left === null ? now : JSON.stringify(left, null, 2);
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
