import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLru } from '../../../src/core/routing/lru.ts';

/** The same by the plainest means. */
function createPlain(capacity: number) {
  const entries = new Map<number, number>();
  return {
    get: (key: number) => {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set: (key: number, value: number) => {
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
    },
    size: () => entries.size,
  };
}

it('an LRU map holds what a plain one holds, after any uses', () => {
  const use = fc.record({ isSet: fc.boolean(), key: fc.integer({ min: 0, max: 6 }), value: fc.nat() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(use, { maxLength: 60 }), (capacity, uses) => {
      const [lru, plain] = [createLru<number, number>(capacity), createPlain(capacity)];
      for (const { isSet, key, value } of uses) {
        if (isSet) for (const map of [lru, plain]) map.set(key, value);
        else expect(lru.get(key)).toBe(plain.get(key));
        expect(lru.size()).toBe(plain.size());
      }
    }),
    { numRuns: 500 },
  );
});
