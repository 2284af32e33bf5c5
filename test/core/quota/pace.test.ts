import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advancePace, NO_PACE, type PaceState } from '../../../src/core/quota/advance-pace.ts';
import { projectSpending } from '../../../src/core/quota/project-spending.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 28, 12);
const RESET = START + 5 * HOUR;

/** Read so many minutes after the window began. */
const read = (minutes: number, percent: number, resetsAt: number | null = RESET) => ({
  percent,
  readAt: START + minutes * MINUTE,
  resetsAt,
});
const project = (...history: readonly ReturnType<typeof read>[]) =>
  projectSpending(history, 'fiveHour', history.at(-1)?.readAt ?? START);

describe('projectSpending', () => {
  it('goes on as it went since the window began', () => {
    expect(project(read(60, 30))).toEqual({
      window: 'fiveHour',
      percentAtReset: expect.closeTo(150),
      spentAt: expect.closeTo(START + 200 * MINUTE, -2),
    });
    expect(project(read(150, 40))).toMatchObject({ percentAtReset: expect.closeTo(80), spentAt: null });
  });

  it('gives as much weight to what happened of late', () => {
    // 20 % in the first two hours, 20 % in the half hour after them.
    const quick = project(read(120, 20), read(150, 40));
    expect(quick?.percentAtReset).toBeCloseTo(40 + (150 * (40 / 150 + 20 / 30)) / 2);
    const calm = project(read(120, 40), read(150, 40));
    expect(calm?.percentAtReset).toBeCloseTo(40 + (150 * (40 / 150)) / 2);
  });

  it('forgets what was read in a window that is over', () => {
    const before = read(-20, 95, START);
    expect(project(before, read(60, 30))).toEqual(project(read(60, 30)));
  });

  it.each([
    ['has hardly begun', read(20, 15)],
    ['has no known end', read(60, 30, null)],
    ['is over', read(301, 30)],
  ])('says nothing of a window that %s', (_, reading) => {
    expect(project(reading)).toBeNull();
  });

  it('says nothing without a reading', () => {
    expect(projectSpending([], 'weekly', START)).toBeNull();
  });
});

describe('advancePace', () => {
  /** What a projection a minute leads to. */
  const climb = (...projections: readonly (number | null)[]) => {
    let state: PaceState = NO_PACE;
    return projections.map((percent, minute) => {
      state = advancePace(state, percent, START + minute * MINUTE);
      return state.level;
    });
  };

  it('climbs a step at a time, as far as the projection asks', () => {
    expect(climb(99, 100, 100, 130, 130, 200, 200)).toEqual([0, 1, 1, 2, 2, 3, 3]);
    expect(climb(300, 300, 300, 300)).toEqual([1, 2, 3, 3]);
  });

  it('goes back a step at a time, and only where there is room again', () => {
    expect(climb(300, 300, 300, 141, 139, 111, 109, 95, 89)).toEqual([1, 2, 3, 3, 2, 2, 1, 1, 0]);
    expect(climb(300, 300, null, null)).toEqual([1, 2, 1, 0]);
  });

  it('takes no two steps within a minute', () => {
    const first = advancePace(NO_PACE, 300, START);
    expect(advancePace(first, 300, START + MINUTE - 1)).toBe(first);
    expect(advancePace(first, 300, START + MINUTE).level).toBe(2);
  });

  it('does not flicker between two levels while the projection moves by less than the slack', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 40 }),
        (base, wobbles) => {
          const levels = climb(...wobbles.map((wobble) => base + wobble));
          const turns = levels.slice(4).filter((level, index) => level < (levels[index + 3] ?? 0));
          expect(turns).toEqual([]);
        },
      ),
    );
  });

  it('always comes back to nothing when the window lasts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }), (projections) => {
        expect(climb(...projections, 50, 50, 50).at(-1)).toBe(0);
      }),
    );
  });
});
