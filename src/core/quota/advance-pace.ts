// How much is shifted so that the window lasts: one step at a time, and back only when there is room again.
//
//   level   projected at reset   shifted, of the roles that save-tokens mode would shift
//     0         below 100 %      none
//     1       from 100 %         the low tier
//     2       from 120 %         and the medium one
//     3       from 150 %         all of them

export type PaceLevel = 0 | 1 | 2 | 3;

export type PaceState = {
  readonly level: PaceLevel;
  /** When the level last changed. */
  readonly since: number;
};

export const NO_PACE: PaceState = { level: 0, since: 0 };

/** From how much on each level holds. */
const FROM = [0, 100, 120, 150] as const;
/** So much less, before it is left again. */
const SLACK = 10;
/** Each step is to show its effect before the next. */
const STEP_MS = 60_000;

export function advancePace(state: PaceState, percentAtReset: number | null, now: number): PaceState {
  // A clock that was turned back must not hold a level for ever.
  if (Math.abs(now - state.since) < STEP_MS) return state;
  const next = nextLevel(state.level, percentAtReset ?? 0);
  return next === state.level ? state : { level: next, since: now };
}

function nextLevel(level: PaceLevel, percentAtReset: number): PaceLevel {
  const up = Math.min(3, level + 1) as PaceLevel;
  if (up !== level && percentAtReset >= FROM[up]) return up;
  const down = Math.max(0, level - 1) as PaceLevel;
  return percentAtReset < FROM[level] - SLACK ? down : level;
}
