import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCurrent } from '../../../src/core/quota/is-current.ts';
import { mergeReadings } from '../../../src/core/quota/merge-readings.ts';
import { NO_READINGS, type QuotaSource, type WindowReading } from '../../../src/core/quota/reading.ts';

const NOW = Date.UTC(2026, 0, 28, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const word = (percent: number, minutesAgo: number, given: Partial<WindowReading> = {}): WindowReading => ({
  percent,
  readAt: NOW - minutesAgo * MINUTE,
  resetsAt: NOW + HOUR,
  ...given,
});
const merge = (held: WindowReading | null, told: WindowReading | null) =>
  mergeReadings({ ...NO_READINGS, fiveHour: held }, { ...NO_READINGS, fiveHour: told }, NOW).fiveHour;

describe('mergeReadings', () => {
  it('takes what there is', () => {
    expect(merge(null, null)).toBeNull();
    expect(merge(word(5, 1), null)).toEqual(word(5, 1));
    expect(merge(null, word(5, 1))).toEqual(word(5, 1));
  });

  it.each<[string, WindowReading, WindowReading, number]>([
    ['the newer, where usage has grown', word(60, 10), word(75, 1), 75],
    ['the newer, wherever it stands', word(75, 1), word(60, 10), 75],
    [
      'the newer, where usage has fallen and the source has asked',
      word(92, 10),
      word(40, 1, { source: 'mod' }),
      40,
    ],
    ['the older, where a status line says less', word(92, 10), word(60, 1, { source: 'status-line' }), 92],
    ['a status line that says more', word(60, 10), word(92, 1, { source: 'status-line' }), 92],
    [
      'a status line of another window',
      word(92, 10),
      word(4, 1, { source: 'status-line', resetsAt: NOW + 5 * HOUR }),
      4,
    ],
    ['the current one, however new the other', word(92, 10), word(99, 1, { resetsAt: NOW - 1 }), 92],
    ['the current one before one from the future', word(92, 10), word(1, -60), 92],
    ['the higher of two of the same moment', word(92, 1), word(91, 1), 92],
    [
      'the newer of two that say nothing any more',
      word(1, 10, { resetsAt: 0 }),
      word(2, 1, { resetsAt: 0 }),
      2,
    ],
  ])('takes %s', (_, held, told, percent) => {
    expect(merge(held, told)?.percent).toBe(percent);
  });

  it('knows from the older one when the window ends, where the newer does not say', () => {
    const refusal = word(100, 1, { resetsAt: null, source: 'limit-message' });
    expect(merge(word(97, 5), refusal)).toEqual({ ...refusal, resetsAt: NOW + HOUR });
    expect(merge(word(97, 5, { resetsAt: NOW - 1 }), refusal)).toEqual(refusal);
  });

  const anyWord = fc.option(
    fc.record({
      percent: fc.integer({ min: 0, max: 100 }),
      readAt: fc.integer({ min: NOW - 10 * HOUR, max: NOW + HOUR }),
      resetsAt: fc.option(fc.constantFrom(NOW - 1, NOW + HOUR, NOW + 4 * HOUR)),
      source: fc.constantFrom<QuotaSource>('mod', 'status-line', 'limit-message'),
    }),
  );

  it('never lets what has passed take the place of what counts', () => {
    fc.assert(
      fc.property(anyWord, anyWord, (held, told) => {
        const counts = (one: WindowReading | null) => one !== null && isCurrent(one, 'fiveHour', NOW);
        expect(counts(merge(held, told))).toBe(counts(held) || counts(told));
      }),
    );
  });

  it('comes to nothing new when it is told the same twice', () => {
    fc.assert(
      fc.property(anyWord, anyWord, (held, told) => {
        const once = merge(held, told);
        expect(merge(once, told)).toEqual(once);
      }),
    );
  });
});
