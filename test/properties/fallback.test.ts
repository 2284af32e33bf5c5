import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceFallback, setManual } from '../../src/core/fallback/advance-fallback.ts';
import type { FallbackEvent } from '../../src/core/fallback/fallback-event.ts';
import { type FallbackState, INITIAL_FALLBACK, isActive } from '../../src/core/fallback/fallback-state.ts';
import { isCurrent } from '../../src/core/quota/is-current.ts';
import { NO_READINGS, type QuotaReadings } from '../../src/core/quota/reading.ts';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const START = Date.UTC(2026, 0, 28, 12);
const RULES = { threshold: 90, suggestAt: 70, dwellMs: 5 * MINUTE };

const reading = fc.option(
  fc.record({
    percent: fc.oneof(fc.integer({ min: 0, max: 110 }), fc.constantFrom(84, 85, 89, 90, 91)),
    age: fc.oneof(fc.integer({ min: -10, max: 400 }), fc.constantFrom(0, 0, 0, 12_000)),
    resetsIn: fc.option(fc.oneof(fc.integer({ min: -60, max: 300 }), fc.integer({ min: 0, max: 20_000 }))),
  }),
);
const look = fc.record({
  minutes: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(0, 1, 300, 10_080)),
  fiveHour: reading,
  weekly: reading,
});
const looks = fc.array(look, { maxLength: 60 });

type Look = typeof look extends fc.Arbitrary<infer L> ? L : never;
type Seen = { readonly now: number; readonly quota: QuotaReadings };

function seenAt(now: number, { fiveHour, weekly }: Look): Seen {
  const at = (given: Look['weekly']) =>
    given && {
      percent: given.percent,
      readAt: now - given.age * MINUTE,
      resetsAt: given.resetsIn === null ? null : now + given.resetsIn * MINUTE,
    };
  return { now, quota: { fiveHour: at(fiveHour), weekly: at(weekly) } };
}

function play(steps: readonly Look[]) {
  let state: FallbackState = INITIAL_FALLBACK;
  let now = START;
  const events: (FallbackEvent & Seen & { readonly before: FallbackState })[] = [];
  for (const step of steps) {
    now += step.minutes * MINUTE;
    const seen = seenAt(now, step);
    const next = advanceFallback(state, seen, RULES);
    const before = state;
    state = next.state;
    events.push(...next.events.map((event) => ({ ...event, ...seen, before })));
  }
  return { state, now, events };
}

describe('the fallback, whatever is read', () => {
  it('never flaps faster than the dwell', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        const changes = play(steps).events.filter(({ type }) => type !== 'suggested');
        for (const [index, { type, at }] of changes.entries()) {
          expect(type).toBe(index % 2 === 0 ? 'activated' : 'returned');
          const before = changes[index - 1];
          if (type === 'returned' && before) expect(at - before.at).toBeGreaterThanOrEqual(RULES.dwellMs);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('starts only by a current reading at the threshold', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        for (const event of play(steps).events) {
          if (event.type !== 'activated' || event.window === null) continue;
          const word = event.quota[event.window];
          expect(word?.percent).toBeGreaterThanOrEqual(RULES.threshold);
          expect(word !== null && isCurrent(word, event.window, event.now)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('ends only when the window that tripped is below the release and every other one below the threshold', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        for (const event of play(steps).events) {
          if (event.type !== 'returned' || event.before.auto.name !== 'active') continue;
          const { trip } = event.before.auto;
          const isEarly = event.reason === 'two-readings-below';
          for (const window of ['fiveHour', 'weekly'] as const) {
            const word = event.quota[window];
            if (word === null || !isCurrent(word, window, event.now)) continue;
            const limit = isEarly || window === trip.window ? 85 : RULES.threshold;
            expect(word.percent).toBeLessThan(limit);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('ends with the reset of the last window that tripped, however full one is that was never spent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 89 }), fc.integer({ min: 0, max: 84 }), (weekly, fresh) => {
        const end = START + 60 * MINUTE;
        const at = (now: number, percent: number, resetsAt: number) => {
          const other = { percent: weekly, readAt: now, resetsAt: START + WEEK };
          return { now, quota: { fiveHour: { percent, readAt: now, resetsAt }, weekly: other } };
        };
        const spent = advanceFallback(INITIAL_FALLBACK, at(START, 92, end), RULES).state;
        expect(isActive(spent)).toBe(true);
        const later = end + MINUTE;
        const { state } = advanceFallback(spent, at(later, fresh, later + 300 * MINUTE), RULES);
        expect(isActive(state)).toBe(false);
      }),
    );
  });

  it('always has a way back: silence for a week ends it, and so do two low readings after the dwell', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        const { state, now } = play(steps);
        const silent = advanceFallback(state, { now: now + WEEK + 11 * MINUTE, quota: NO_READINGS }, RULES);
        expect(isActive(silent.state)).toBe(false);

        let later = now + 6 * MINUTE;
        let calm = state;
        for (const _ of [1, 2]) {
          later += MINUTE;
          const low = { percent: 10, readAt: later, resetsAt: later + 60 * MINUTE };
          calm = advanceFallback(calm, { now: later, quota: { fiveHour: low, weekly: low } }, RULES).state;
        }
        expect(isActive(calm)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('has a way back also when the clock is turned back', () => {
    fc.assert(
      fc.property(looks, fc.integer({ min: 0, max: 1_000_000 }), (steps, minutesBack) => {
        const { state, now } = play(steps);
        const earlier = now - minutesBack * MINUTE;
        const seen = advanceFallback(state, { now: earlier, quota: NO_READINGS }, RULES).state;
        const later = earlier + WEEK + 11 * MINUTE;
        expect(isActive(advanceFallback(seen, { now: later, quota: NO_READINGS }, RULES).state)).toBe(false);
      }),
    );
  });

  it('does nothing at all without readings', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -WEEK, max: WEEK }), { maxLength: 20 }), (moves) => {
        let state: FallbackState = INITIAL_FALLBACK;
        let now = START;
        for (const move of moves) {
          now += move;
          const step = advanceFallback(state, { now, quota: NO_READINGS }, RULES);
          expect([step.state.auto.name, step.events]).toEqual(['unread', []]);
          state = step.state;
        }
      }),
    );
  });

  it('goes on after a restart as if there had been none', () => {
    fc.assert(
      fc.property(looks, look, (steps, last) => {
        const { state, now } = play(steps);
        const seen = seenAt(now + last.minutes * MINUTE, last);
        const read = JSON.parse(JSON.stringify(state)) as FallbackState;
        expect(advanceFallback(read, seen, RULES)).toEqual(advanceFallback(state, seen, RULES));
      }),
    );
  });

  it('obeys a hand for as long as it is there, and no longer', () => {
    fc.assert(
      fc.property(looks, look, fc.constantFrom('on' as const, 'off' as const), (steps, next, set) => {
        const { state, now } = play(steps);
        const held = setManual(state, set, now).state;
        const seen = seenAt(now + next.minutes * MINUTE, next);
        const on = advanceFallback(held, seen, RULES);
        expect(isActive(on.state)).toBe(set === 'on');
        expect(on.events).toEqual([]);
        const freed = setManual(on.state, 'auto', seen.now).state;
        expect(freed.auto).toEqual(advanceFallback(state, seen, RULES).state.auto);
      }),
      { numRuns: 300 },
    );
  });

  it('suggests at most once in a window', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 89 }), { maxLength: 40 }), (percents) => {
        const resetsAt = START + 300 * MINUTE;
        let state: FallbackState = INITIAL_FALLBACK;
        let suggested = 0;
        for (const [minute, percent] of percents.entries()) {
          const now = START + minute * MINUTE;
          const quota = { fiveHour: { percent, readAt: now, resetsAt }, weekly: null };
          const step = advanceFallback(state, { now, quota }, RULES);
          state = step.state;
          suggested += step.events.length;
        }
        expect(suggested).toBe(percents.some((percent) => percent >= 70) ? 1 : 0);
      }),
    );
  });
});
