import { isCurrent } from './is-current.ts';
import type { QuotaReadings, QuotaWindow } from './reading.ts';

export type SpentWindow = { readonly window: QuotaWindow; readonly percent: number };

/** The fuller of the windows at or above the threshold, by readings that are current. */
export function findSpentWindow(readings: QuotaReadings, threshold: number, now: number): SpentWindow | null {
  const spent = (['fiveHour', 'weekly'] as const)
    .map((window) => ({ window, percent: currentPercent(readings, window, now) }))
    .filter(({ percent }) => percent >= threshold);
  return spent.sort((a, b) => b.percent - a.percent)[0] ?? null;
}

/** `NaN` where nothing is known: it is at or above no threshold. */
export function currentPercent(readings: QuotaReadings, window: QuotaWindow, now: number): number {
  const reading = readings[window];
  if (!reading || !Number.isFinite(reading.percent) || !isCurrent(reading, window, now)) return Number.NaN;
  return Math.min(100, Math.max(0, reading.percent));
}
