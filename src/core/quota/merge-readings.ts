// Two readings of one window: which of them counts?
//
//   only one is current ────────────────────────────── that one
//   of different windows (their ends differ) ───────── the newer: an account was changed, a window began early
//   of the same window, the newer is higher ────────── the newer
//   …, the newer is lower, and its source asked ────── the newer: a plan was raised, a limit was lifted
//   …, the newer is lower, and its source repeats ──── the older: within a window usage only grows, and a status
//                                                      line shows again and again what its session heard last
//   of the same moment ─────────────────────────────── the higher
//
// A reading without an end takes over that of the window that runs, if there is one.

import { isCurrent } from './is-current.ts';
import type { QuotaReadings, QuotaWindow, WindowReading } from './reading.ts';

/** Ends of one and the same window, as two answers give them. */
const SAME_END_MS = 60_000;

export function mergeReadings(held: QuotaReadings, told: QuotaReadings, now: number): QuotaReadings {
  const pick = (window: QuotaWindow) => pickReading(held[window], told[window], { window, now });
  return { fiveHour: pick('fiveHour'), weekly: pick('weekly') };
}

type Moment = { readonly window: QuotaWindow; readonly now: number };

function pickReading(
  held: WindowReading | null,
  told: WindowReading | null,
  { window, now }: Moment,
): WindowReading | null {
  if (held === null || told === null) return held ?? told;
  const heldCounts = isCurrent(held, window, now);
  const toldCounts = isCurrent(told, window, now);
  if (heldCounts !== toldCounts) return heldCounts ? held : told;
  const [older, newer] = told.readAt >= held.readAt ? [held, told] : [told, held];
  if (!heldCounts) return newer;
  const known = { ...newer, resetsAt: newer.resetsAt ?? older.resetsAt };
  if (!isSameWindow(older, known)) return known;
  if (newer.readAt === older.readAt) return newer.percent >= older.percent ? known : older;
  return known.percent < older.percent && known.source === 'status-line' ? older : known;
}

function isSameWindow(a: WindowReading, b: WindowReading): boolean {
  if (a.resetsAt === null || b.resetsAt === null) return true;
  return Math.abs(a.resetsAt - b.resetsAt) <= SAME_END_MS;
}
