// Who has been told how to hand over, so that nobody is told twice.
//
//   a word in a prompt ── once a session
//   Claude's usage ────── once a window, and never to who has asked by a word

import { type CurrentReading, foreseeEnd } from '../quota/current-readings.ts';
import { WINDOW_LENGTH } from '../quota/is-current.ts';

export type Told = {
  readonly byWord: boolean;
  /** The end of the window for which it was told. */
  readonly until: number | null;
};

export const UNTOLD: Told = { byWord: false, until: null };

/** `null`: it was told before. */
export function noteWord(told: Told): Told | null {
  return told.byWord ? null : { ...told, byWord: true };
}

/** `null`: it was told before. */
export function noteUsage(told: Told, spent: readonly CurrentReading[], now: number): Told | null {
  if (told.byWord || isTold(told.until, now)) return null;
  return { ...told, until: Math.max(...spent.map((current) => foreseeEnd(current, now))) };
}

/** A time that lies further ahead than a window is long comes from a clock that was wrong. */
function isTold(until: number | null, now: number): boolean {
  return until !== null && now < until && until - now <= WINDOW_LENGTH.weekly;
}
