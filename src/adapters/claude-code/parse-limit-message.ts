// Which window does the sentence speak of with which Claude Code meets its limit, and when does it reset?
//
//   You've hit your limit · resets 8:23pm (UTC)
//   You've hit your weekly limit · resets Nov 25, 8pm (Asia/Seoul)
//
// The Opus and Sonnet limits, spend limits and refusals of a key say nothing of the account's windows.

import { NO_READINGS, type QuotaReadings, type WindowReading } from '../../core/quota/reading.ts';

const FIVE_HOURS = 5 * 3_600_000;
const DAY = 24 * 3_600_000;

const LIMIT = /^You['’]ve (?:hit|reached) your (?:(session|5-hour|usage|weekly) )?limit\b/i;

const RESET =
  /\bresets (?:at )?(?:([A-Z][a-z]{2})[a-z]* (\d{1,2})(?:, (\d{4}))?,? (?:at )?)?(\d{1,2})(?::(\d{2}))? ?([ap])m(?: \(([^)]+)\))?/i;

export function parseLimitMessage(message: string, now: number): QuotaReadings | null {
  const limit = LIMIT.exec(message);
  if (limit === null) return null;
  const resetsAt = parseReset(message, now);
  const reading: WindowReading = { percent: 100, resetsAt, readAt: now, source: 'limit-message' };
  const isWeekly = /weekly/i.test(limit[1] ?? '') || (resetsAt !== null && resetsAt - now > FIVE_HOURS);
  return { ...NO_READINGS, [isWeekly ? 'weekly' : 'fiveHour']: reading };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function parseReset(message: string, now: number): number | null {
  const found = RESET.exec(message);
  if (found === null) return null;
  const [, month, day, year, hour, minute = '0', half, zone] = found;
  const offset = offsetOf(zone, now);
  if (offset === null) return null;
  const hours = (Number(hour) % 12) + (half?.toLowerCase() === 'p' ? 12 : 0);
  const today = new Date(now + offset);
  const clock = { hours, minutes: Number(minute) };
  if (month === undefined) {
    const at = utc(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate(), clock) - offset;
    // The seconds are left out: a minute that has just begun is this one, not tomorrow's.
    return at > now - 60_000 ? at : at + DAY;
  }
  const index = MONTHS.indexOf(month.toLowerCase());
  if (index === -1) return null;
  const at = utc(Number(year ?? today.getUTCFullYear()), index, Number(day), clock) - offset;
  return year !== undefined || at > now - DAY
    ? at
    : utc(today.getUTCFullYear() + 1, index, Number(day), clock) - offset;
}

function utc(
  year: number,
  month: number,
  day: number,
  { hours, minutes }: { readonly hours: number; readonly minutes: number },
): number {
  return Date.UTC(year, month, day, hours, minutes);
}

/** How far the zone's clocks are ahead of UTC; those of this machine where none is named. */
function offsetOf(zone: string | undefined, now: number): number | null {
  try {
    const options = { timeZone: zone, timeZoneName: 'longOffset' } as const;
    const parts = new Intl.DateTimeFormat('en-US', options).formatToParts(now);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  } catch {
    return null;
  }
}
