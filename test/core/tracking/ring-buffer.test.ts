import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingBuffer } from '../../../src/core/tracking/ring-buffer.ts';

describe('a ring', () => {
  it('is the last values of a list, whatever is pushed and asked for', () => {
    const steps = fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer() }, fc.constant(null)), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        steps,
        fc.integer({ min: 0, max: 60 }),
        (capacity, pushed, n) => {
          const ring = new RingBuffer<number>(capacity);
          let list: readonly number[] = [];
          for (const value of pushed) {
            if (value === null) {
              expect(ring.recent(n)).toEqual(list.slice(list.length - Math.min(n, list.length)));
              continue;
            }
            ring.push(value);
            list = [...list, value].slice(-capacity);
            expect(ring.size).toBe(list.length);
          }
          expect(ring.recent(n)).toEqual(list.slice(list.length - Math.min(n, list.length)));
          expect(ring.recent(Number.POSITIVE_INFINITY)).toEqual(list);
        },
      ),
    );
  });

  it('gives nothing for a count that makes no sense', () => {
    const ring = new RingBuffer<number>(3);
    ring.push(1);
    expect([ring.recent(-1), ring.recent(Number.NaN), ring.recent(0.9)]).toEqual([[], [], []]);
  });

  it.each([0, -1, 1.5, Number.NaN])('does not hold %s values', (capacity) => {
    expect(() => new RingBuffer(capacity)).toThrow(RangeError);
  });
});
