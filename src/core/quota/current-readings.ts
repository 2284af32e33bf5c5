import { endOf, isCurrent, WINDOW_LENGTH } from './is-current.ts';
import { QUOTA_WINDOWS, type QuotaReadings, type QuotaWindow, type WindowReading } from './reading.ts';

export type CurrentReading = { readonly window: QuotaWindow; readonly reading: WindowReading };

/** The readings that count now, each with a percentage from 0 to 100. */
export function currentReadings(readings: QuotaReadings, now: number): readonly CurrentReading[] {
  return QUOTA_WINDOWS.flatMap((window) => {
    const reading = readings[window];
    if (!reading || !Number.isFinite(reading.percent) || !isCurrent(reading, window, now)) return [];
    const percent = Math.min(100, Math.max(0, reading.percent));
    return [{ window, reading: { ...reading, percent } }];
  });
}

/** When a window that is told of ends; where nobody says so, no earlier than it could. */
export function foreseeEnd({ window, reading }: CurrentReading, now: number): number {
  return reading.resetsAt === null ? now + WINDOW_LENGTH[window] : endOf(reading, window);
}
