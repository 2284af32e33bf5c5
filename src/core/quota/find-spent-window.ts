import { currentReadings } from './current-readings.ts';
import type { QuotaReadings, QuotaWindow } from './reading.ts';

export type SpentWindow = { readonly window: QuotaWindow; readonly percent: number };

/** The fuller of the windows at or above the threshold, by readings that are current. */
export function findSpentWindow(readings: QuotaReadings, threshold: number, now: number): SpentWindow | null {
  const spent = currentReadings(readings, now)
    .map(({ window, reading: { percent } }) => ({ window, percent }))
    .filter(({ percent }) => percent >= threshold);
  return spent.sort((a, b) => b.percent - a.percent)[0] ?? null;
}

/** `NaN` where nothing is known: it is at or above no threshold. */
export function currentPercent(readings: QuotaReadings, window: QuotaWindow, now: number): number {
  const found = currentReadings(readings, now).find((current) => current.window === window);
  return found?.reading.percent ?? Number.NaN;
}
