// May the fallback end, and why? See the drawing in fallback-state.ts.

import type { CurrentReading } from '../quota/current-readings.ts';
import { CLOCK_SKEW, endOf } from '../quota/is-current.ts';
import type { ReturnReason } from './fallback-event.ts';
import { type AutoState, type Calm, NO_CALM } from './fallback-state.ts';

type Active = Extract<AutoState, { name: 'active' }>;

type Scene = {
  readonly now: number;
  readonly current: readonly CurrentReading[];
  readonly rules: { readonly threshold: number; readonly dwellMs: number };
};

/** As the seed has it: 85, and always a step below the threshold, or the two would be one line to flicker on. */
const RELEASE = 85;
const RELEASE_BELOW_THRESHOLD = 5;

/** Two sources that tell of one and the same answer of Claude's are one reading. */
const READINGS_APART_MS = 15_000;

/**
 * Where a session is at work, its next answer brings a reading within this time. Where none comes, nobody is able
 * to say more than that the window has ended.
 */
const SILENCE_MS = 600_000;

function releaseOf(threshold: number): number {
  return Math.min(RELEASE, threshold - RELEASE_BELOW_THRESHOLD);
}

export function findWayBack(active: Active, { now, current, rules }: Scene): ReturnReason | null {
  const { trip, calm, since } = active;
  if (now - since < rules.dwellMs) return null;
  const release = releaseOf(rules.threshold);
  const word = current.find(({ window }) => window === trip.window)?.reading;
  if (word !== undefined && word.percent >= release) return null;
  const highest = Math.max(...current.map(({ reading }) => reading.percent));
  const end = endOf(trip, trip.window);
  // Of several spent windows the trip is the last to end: whatever stands in another one now has not been spent.
  if (now >= end && highest < rules.threshold) {
    if (word !== undefined && word.readAt >= end - CLOCK_SKEW) return 'window-reset';
    if (now - end >= SILENCE_MS) return 'window-reset-unconfirmed';
  }
  return calm.count >= 2 && highest < release ? 'two-readings-below' : null;
}

/** Only words on the window that tripped, spoken since the fallback began. */
export function countCalm({ calm, trip, since }: Active, { current, rules }: Scene): Calm {
  const word = current.find(({ window }) => window === trip.window)?.reading;
  if (word === undefined) return calm;
  if (word.percent >= releaseOf(rules.threshold)) return NO_CALM;
  const after = calm.count === 0 ? since : calm.lastReadAt + READINGS_APART_MS;
  return word.readAt > after ? { count: calm.count + 1, lastReadAt: word.readAt } : calm;
}
