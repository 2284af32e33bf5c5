// Nobody is left to answer: every model rests, and Claude's own window is spent. When does something come back?

import type { Return } from '../circuit/may-try.ts';
import { findSpentWindow } from '../quota/find-spent-window.ts';
import type { QuotaReadings, QuotaWindow } from '../quota/reading.ts';

const WINDOW_NAMES: Readonly<Record<QuotaWindow, string>> = { fiveHour: 'five-hour', weekly: 'weekly' };

/** `null` while Claude can answer. For the conductor, which reads English. */
export function explainStandstill(quota: QuotaReadings, back: Return, now: number): string | null {
  const spent = findSpentWindow(quota, 100, now);
  if (spent === null) return null;
  const resetsAt = quota[spent.window]?.resetsAt ?? null;
  return [
    "Every model that could do it rests after a failure, and Claude's own window is spent.",
    `First back: ${back.key} ${describeWait(back.at - now)} (${back.code ?? 'no reason known'});`,
    `Claude's ${WINDOW_NAMES[spent.window]} window resets ${resetsAt === null ? 'at a time that nobody has told' : describeWait(resetsAt - now)}.`,
  ].join(' ');
}

function describeWait(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes <= 1) return 'within a minute';
  return minutes < 120 ? `in ${minutes} minutes` : `in ${Math.round(minutes / 60)} hours`;
}
