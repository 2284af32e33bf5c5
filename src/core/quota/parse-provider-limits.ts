// What do the contents of provider-limits.json say about Claude's windows? Others may write that file, so
// nothing in it is taken for granted: what cannot be read is no reading.

import type { QuotaReadings, WindowReading } from './reading.ts';

/** Above this a number cannot be unix seconds (it would be the year 5138): it is milliseconds. */
const LARGEST_UNIX_SECONDS = 100_000_000_000;

/** `writtenAt`: when the file was written, which is when a reading without a time of its own was taken. */
export function parseProviderLimits(limits: unknown, writtenAt: number): QuotaReadings {
  const claude = field(limits, 'claude');
  const readAt =
    parseTime(field(claude, 'lastUpdated')) ?? parseTime(field(limits, 'lastUpdated')) ?? writtenAt;
  return {
    fiveHour: parseWindow(field(claude, 'fiveHour'), readAt),
    weekly: parseWindow(field(claude, 'weekly'), readAt),
  };
}

function parseWindow(window: unknown, readAt: number): WindowReading | null {
  const percent = field(window, 'percent');
  if (typeof percent !== 'number' || !Number.isFinite(percent)) return null;
  return {
    percent,
    resetsAt: parseTime(field(window, 'resetsAt')),
    readAt: parseTime(field(window, 'lastUpdated')) ?? readAt,
  };
}

/** ISO 8601 or unix seconds, as milliseconds. */
function parseTime(time: unknown): number | null {
  if (typeof time === 'number') return parseUnixTime(time);
  if (typeof time !== 'string') return null;
  const milliseconds = Date.parse(time);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

function parseUnixTime(time: number): number | null {
  if (!Number.isFinite(time) || time <= 0) return null;
  return time > LARGEST_UNIX_SECONDS ? time : time * 1000;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
