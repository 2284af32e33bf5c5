import { describe, expect, it } from 'vitest';
import { advanceFallback, setManual } from '../../../src/core/fallback/advance-fallback.ts';
import type { FallbackEvent } from '../../../src/core/fallback/fallback-event.ts';
import { type FallbackState, INITIAL_FALLBACK, isActive } from '../../../src/core/fallback/fallback-state.ts';
import { NO_READINGS, type QuotaReadings, type WindowReading } from '../../../src/core/quota/reading.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RULES = { threshold: 90, suggestAt: 70, dwellMs: 5 * MINUTE };

/** Time starts at noon; the five-hour window resets at two o'clock, the weekly one in three days. */
const NOON = Date.UTC(2026, 0, 28, 12);
const TWO = NOON + 2 * HOUR;
const THREE_DAYS = NOON + 72 * HOUR;

/** A day of somebody's: what was read when, and what came of it. */
function day() {
  let state: FallbackState = INITIAL_FALLBACK;
  let quota: QuotaReadings = NO_READINGS;
  let events: FallbackEvent[] = [];
  const look = (minutes: number) => {
    const step = advanceFallback(state, { now: NOON + minutes * MINUTE, quota }, RULES);
    state = step.state;
    events = [...events, ...step.events];
  };
  return {
    look,
    read: (minutes: number, percent: number, given: Partial<WindowReading> = {}) => {
      const readAt = NOON + minutes * MINUTE;
      quota = { ...quota, fiveHour: { percent, readAt, resetsAt: TWO, ...given } };
      look(minutes);
    },
    readWeekly: (minutes: number, percent: number) => {
      quota = { ...quota, weekly: { percent, readAt: NOON + minutes * MINUTE, resetsAt: THREE_DAYS } };
      look(minutes);
    },
    hand: (minutes: number, set: 'on' | 'off' | 'auto') => {
      const step = setManual(state, set, NOON + minutes * MINUTE);
      state = step.state;
      events = [...events, ...step.events];
    },
    restart: () => {
      state = JSON.parse(JSON.stringify(state)) as FallbackState;
    },
    active: () => isActive(state),
    state: () => state.auto.name,
    happened: () => events.map(({ type, reason }) => `${type} ${reason}`),
  };
}

describe('the fallback', () => {
  it('knows nothing where nobody has read anything, and does nothing', () => {
    const d = day();
    d.look(0);
    expect([d.state(), d.active(), d.happened()]).toEqual(['unread', false, []]);
  });

  it('suggests once a window, starts at the threshold, holds through a flicker and ends after the reset', () => {
    const d = day();
    d.read(0, 60);
    expect(d.state()).toBe('watching');
    d.read(10, 75);
    d.read(20, 76);
    d.read(30, 92);
    expect(d.active()).toBe(true);
    for (const [minute, percent] of [
      [31, 89],
      [32, 91],
      [33, 89],
      [50, 91],
      [119, 97],
    ] as const) {
      d.read(minute, percent);
      expect(d.active(), `${percent} %`).toBe(true);
    }
    d.read(121, 40, { resetsAt: TWO + 5 * HOUR });
    expect(d.active()).toBe(false);
    expect(d.happened()).toEqual([
      'suggested claude-usage-75%',
      'activated claude-limit-92%',
      'returned window-reset',
    ]);
  });

  it('starts at the threshold itself, by either window', () => {
    const d = day();
    d.read(0, 20);
    d.readWeekly(0, 90);
    expect(d.happened()).toEqual(['activated claude-limit-90%']);
  });

  it('stays at least as long as the dwell, whatever is read', () => {
    const d = day();
    d.read(119, 92);
    d.read(121, 1, { resetsAt: TWO + 5 * HOUR });
    d.read(123, 1, { resetsAt: TWO + 5 * HOUR });
    expect(d.active()).toBe(true);
    d.look(123.9);
    expect(d.active()).toBe(true);
    d.look(124);
    expect(d.happened().at(-1)).toBe('returned window-reset');
  });

  it('ends without a reset when two readings in a row are below the release', () => {
    const d = day();
    d.read(0, 92);
    d.read(6, 80);
    expect(d.active()).toBe(true);
    d.read(7, 86);
    d.read(8, 80);
    d.look(9);
    d.read(8, 80);
    expect(d.active(), 'the same reading again is not a second one').toBe(true);
    d.read(8.1, 80);
    expect(d.active(), 'nor is another source that tells of the same answer').toBe(true);
    d.read(9, 79);
    expect(d.happened().at(-1)).toBe('returned two-readings-below');
  });

  it('waits until the last of the spent windows has reset', () => {
    const d = day();
    d.read(0, 92);
    d.readWeekly(10, 95);
    d.read(121, 5, { resetsAt: TWO + 5 * HOUR });
    d.read(140, 6, { resetsAt: TWO + 5 * HOUR });
    expect(d.active()).toBe(true);
    d.look(72 * 60 - 1);
    expect(d.active()).toBe(true);
    d.look(72 * 60 + 10);
    expect(d.active()).toBe(false);
  });

  it('does not wait for a window that was never spent', () => {
    const d = day();
    d.readWeekly(0, 86);
    d.read(0, 92);
    d.readWeekly(119, 89);
    d.read(121, 3, { resetsAt: TWO + 5 * HOUR });
    expect(d.happened().at(-1)).toBe('returned window-reset');
  });

  it('stays without a reset where the other window is not below the release', () => {
    const d = day();
    d.readWeekly(0, 87);
    d.read(0, 92);
    d.read(6, 80);
    d.read(8, 79);
    expect(d.active()).toBe(true);
    d.readWeekly(9, 84);
    expect(d.happened().at(-1)).toBe('returned two-readings-below');
  });

  it('believes the reset when nobody can confirm it any more, a little later', () => {
    const d = day();
    d.read(0, 92);
    d.look(129.9);
    expect(d.active()).toBe(true);
    d.look(130);
    expect(d.happened().at(-1)).toBe('returned window-reset-unconfirmed');
    expect(d.state()).toBe('unread');
  });

  it.each([
    ['past its reset', { resetsAt: NOON - 1 }],
    ['from the future', { readAt: NOON + HOUR }],
    ['of last week', { readAt: NOON - 8 * 24 * HOUR, resetsAt: THREE_DAYS }],
    ['old, and without a reset time', { readAt: NOON - 61 * MINUTE, resetsAt: null }],
    ['no number', { percent: Number.NaN }],
  ])('is never started by a reading that is %s', (_, given) => {
    const d = day();
    d.read(0, 99, given);
    expect([d.active(), d.happened()]).toEqual([false, []]);
  });

  it('trusts a reading without a reset time for an hour, in both directions', () => {
    const d = day();
    d.read(0, 100, { resetsAt: null });
    expect(d.active()).toBe(true);
    d.look(69.9);
    expect(d.active()).toBe(true);
    d.look(71);
    expect(d.active()).toBe(false);
  });

  it('survives a restart in the middle', () => {
    const d = day();
    d.read(0, 92);
    d.restart();
    d.read(30, 91);
    expect(d.happened()).toEqual(['activated claude-limit-92%']);
    d.read(121, 4, { resetsAt: TWO + 5 * HOUR });
    expect(d.active()).toBe(false);
  });

  it('does not stay for years when the clock is turned back', () => {
    const d = day();
    d.read(0, 92);
    const aYearAgo = -365 * 24 * 60;
    d.look(aYearAgo);
    expect(d.active()).toBe(true);
    d.look(aYearAgo + 5 * 60 + 11);
    expect(d.active()).toBe(false);
  });

  it('is switched by hand, and goes on by itself when it is let go', () => {
    const d = day();
    d.hand(0, 'on');
    expect(d.active()).toBe(true);
    d.read(1, 5);
    d.look(600);
    expect(d.active(), 'a hand is not outvoted by readings').toBe(true);
    d.hand(601, 'off');
    d.read(602, 95, { resetsAt: NOON + 12 * HOUR });
    expect(d.active()).toBe(false);
    d.hand(603, 'auto');
    expect(d.active()).toBe(true);
    expect(d.happened()).toEqual(['activated manual', 'returned manual', 'activated claude-limit-95%']);
  });

  it('suggests again in the next window, and nothing while a hand is on it', () => {
    const d = day();
    d.read(0, 75);
    d.hand(1, 'off');
    d.read(121, 75, { resetsAt: TWO + 5 * HOUR });
    expect(d.happened()).toHaveLength(1);
    d.hand(122, 'auto');
    d.look(123);
    expect(d.happened()).toEqual(['suggested claude-usage-75%', 'suggested claude-usage-75%']);
  });
});
