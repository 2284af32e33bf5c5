/**
 * A bounded map that forgets what was not used for longest.
 *
 * A list of entries beside the map, and not the map's own order: to put a key in again at each use makes the map
 * reorganise itself every few dozen uses, and that one use takes a hundred times longer.
 */
export type Lru<Key, Value> = {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
  size(): number;
};

type Entry<Key, Value> = {
  readonly key: Key;
  readonly value: Value;
  newer: Entry<Key, Value> | null;
  older: Entry<Key, Value> | null;
};

export function createLru<Key, Value>(capacity: number): Lru<Key, Value> {
  const entries = new Map<Key, Entry<Key, Value>>();
  let newest: Entry<Key, Value> | null = null;
  let oldest: Entry<Key, Value> | null = null;

  const unlink = (entry: Entry<Key, Value>) => {
    if (entry.newer === null) newest = entry.older;
    else entry.newer.older = entry.older;
    if (entry.older === null) oldest = entry.newer;
    else entry.older.newer = entry.newer;
  };
  const putFirst = (entry: Entry<Key, Value>) => {
    entry.newer = null;
    entry.older = newest;
    if (newest !== null) newest.newer = entry;
    newest = entry;
    oldest ??= entry;
  };

  return {
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry !== newest) {
        unlink(entry);
        putFirst(entry);
      }
      return entry.value;
    },
    set: (key, value) => {
      const before = entries.get(key);
      if (before !== undefined) unlink(before);
      const entry = { key, value, newer: null, older: null };
      entries.set(key, entry);
      putFirst(entry);
      if (entries.size <= capacity || oldest === null) return;
      entries.delete(oldest.key);
      unlink(oldest);
    },
    size: () => entries.size,
  };
}
