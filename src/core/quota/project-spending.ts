// If things go on like this, how full will the window be when it resets?
//
//   percent ▲                       ╱ percentAtReset      The pace is the mean of two: that since the window began,
//       100 │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄╱┄┄                     and that of late. The first alone is blind to a change,
//           │              ╱ ╱ ╱                          the second alone takes a busy quarter of an hour for the
//           │        ╱─╱                                  rest of the day.
//           └──┴───────┴────────┴──▶
//           start   lately now  reset                     Nothing is said of a window that has hardly begun.

import { isCurrent, WINDOW_LENGTH } from './is-current.ts';
import type { QuotaWindow, WindowReading } from './reading.ts';

export type Projection = {
  readonly window: QuotaWindow;
  /** Above 100 it will be spent before its reset. */
  readonly percentAtReset: number;
  /** When it will be spent; `null` where it lasts. */
  readonly spentAt: number | null;
};

/** Shares of the window's length. */
const TOO_EARLY = 0.1;
const LATELY = 0.2;
const SHORTEST_LATELY = 0.03;

/** `history`: readings of one window, oldest first; those of windows that are over are passed by. */
export function projectSpending(
  history: readonly WindowReading[],
  window: QuotaWindow,
  now: number,
): Projection | null {
  const last = history.at(-1);
  if (last === undefined || last.resetsAt === null || !isCurrent(last, window, now)) return null;
  const { percent, readAt, resetsAt } = last;
  const length = WINDOW_LENGTH[window];
  const elapsed = readAt - (resetsAt - length);
  if (!(elapsed >= TOO_EARLY * length)) return null;
  const sinceStart = percent / elapsed;
  const pace = (sinceStart + (paceLately(history, last, length) ?? sinceStart)) / 2;
  const percentAtReset = percent + pace * (resetsAt - readAt);
  return { window, percentAtReset, spentAt: percentAtReset > 100 ? readAt + (100 - percent) / pace : null };
}

function paceLately(history: readonly WindowReading[], last: WindowReading, length: number): number | null {
  const sameWindow = ({ resetsAt }: WindowReading) =>
    resetsAt !== null && last.resetsAt !== null && Math.abs(resetsAt - last.resetsAt) < length / 2;
  const from = history.find(
    (reading) => sameWindow(reading) && last.readAt - reading.readAt <= LATELY * length,
  );
  const span = last.readAt - (from?.readAt ?? last.readAt);
  if (from === undefined || span < SHORTEST_LATELY * length) return null;
  return Math.max(0, last.percent - from.percent) / span;
}
