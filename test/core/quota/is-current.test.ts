import { describe, expect, it } from 'vitest';
import { isCurrent } from '../../../src/core/quota/is-current.ts';

const NOW = Date.UTC(2026, 0, 28, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('isCurrent', () => {
  it.each([
    ['just read', 0, HOUR, true],
    ['a millisecond before its reset', HOUR, 1, true],
    ['at its reset', HOUR, 0, false],
    ['past its reset', HOUR, -1, false],
    ['as old as its window', 5 * HOUR, HOUR, true],
    ['older than its window, whatever its reset says', 5 * HOUR + 1, HOUR, false],
    ['an hour old without a reset', HOUR, null, true],
    ['older than an hour without a reset', HOUR + 1, null, false],
    ['with a reset that is no number, fresh', MINUTE, Number.NaN, true],
    ['with a reset that is no number, old', 2 * HOUR, Number.NaN, false],
    ['from a clock that is a little ahead', -5 * MINUTE, HOUR, true],
    ['from the future', -5 * MINUTE - 1, HOUR, false],
    ['without a time', Number.NaN, HOUR, false],
  ])('%s', (_, age, resetsIn, current) => {
    const reading = { percent: 95, readAt: NOW - age, resetsAt: resetsIn === null ? null : NOW + resetsIn };
    expect(isCurrent(reading, 'fiveHour', NOW)).toBe(current);
  });

  it('lets a weekly reading live for a week', () => {
    const reading = { percent: 95, readAt: NOW - 6 * 24 * HOUR, resetsAt: NOW + HOUR };
    expect(isCurrent(reading, 'weekly', NOW)).toBe(true);
    expect(isCurrent({ ...reading, readAt: NOW - 7 * 24 * HOUR - 1 }, 'weekly', NOW)).toBe(false);
  });

  it('trusts nothing when the time is unknown', () => {
    expect(isCurrent({ percent: 95, readAt: NOW, resetsAt: null }, 'weekly', Number.NaN)).toBe(false);
  });
});
