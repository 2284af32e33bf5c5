// Does a reading still say something about the window that runs now? Only then may it move work.

import type { QuotaWindow, WindowReading } from './reading.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const WINDOW_LENGTH: Readonly<Record<QuotaWindow, number>> = {
  fiveHour: 5 * HOUR,
  weekly: 7 * 24 * HOUR,
};

/**
 * With no reset time nothing says when the window rolls over, so the number is trusted only as long as a
 * five-hour window can barely have changed much: an active session brings a new reading every few minutes.
 */
const TRUSTED_WITHOUT_RESET = HOUR;

/** Clocks of two machines, or of one before and after a correction, may differ by this much. */
export const CLOCK_SKEW = 5 * MINUTE;

/**
 * Not current:
 * - past its reset: the percentage belongs to a window that is over
 * - older than the whole window: that window is over, whatever its reset time claims
 * - without a reset time, and older than an hour
 * - read in the future: the clock was turned back, and the reading would never grow old
 */
export function isCurrent(reading: WindowReading, window: QuotaWindow, now: number): boolean {
  const age = now - reading.readAt;
  if (!(age >= -CLOCK_SKEW)) return false;
  if (reading.resetsAt === null || !Number.isFinite(reading.resetsAt)) return age <= TRUSTED_WITHOUT_RESET;
  return now < reading.resetsAt && age <= WINDOW_LENGTH[window];
}

/** The last moment at which the reading can say something, whatever else happens. */
export function endOf({ readAt, resetsAt }: WindowReading, window: QuotaWindow): number {
  if (resetsAt === null || !Number.isFinite(resetsAt)) return readAt + TRUSTED_WITHOUT_RESET;
  return Math.min(resetsAt, readAt + WINDOW_LENGTH[window]);
}
