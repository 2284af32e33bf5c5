// What Claude Code calls the windows, and what we make of them.

import {
  NO_READINGS,
  type QuotaReadings,
  type QuotaSource,
  type QuotaWindow,
  type WindowReading,
} from './reading.ts';

export type WindowReport = {
  /** `five_hour`, `seven_day`, and others that say nothing of the account as a whole. */
  readonly kind: string;
  readonly percent: number;
  readonly resetsAt: number | null;
};

const WINDOWS: ReadonlyMap<string, QuotaWindow> = new Map([
  ['five_hour', 'fiveHour'],
  ['seven_day', 'weekly'],
]);

export function toReadings(
  reports: readonly WindowReport[],
  { readAt, source }: { readonly readAt: number; readonly source: QuotaSource },
): QuotaReadings {
  const readings = reports.flatMap(({ kind, percent, resetsAt }): [QuotaWindow, WindowReading][] => {
    const window = WINDOWS.get(kind);
    if (window === undefined || !Number.isFinite(percent)) return [];
    return [[window, { percent: Math.min(100, Math.max(0, percent)), resetsAt, readAt, source }]];
  });
  return { ...NO_READINGS, ...Object.fromEntries(readings) };
}
