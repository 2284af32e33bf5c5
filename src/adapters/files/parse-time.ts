// A time as people and tools write it: ISO 8601, unix seconds, or unix milliseconds.

/** March 1973. A smaller number is a duration or a count, not a time that anybody measured. */
const FIRST_SECONDS = 100_000_000;
/** As seconds this would be the year 5138, as milliseconds it is March 1973. */
const FIRST_MILLISECONDS = 100_000_000_000;
/** The last moment that a Date can hold. */
const LAST_MILLISECONDS = 8_640_000_000_000_000;

/** Milliseconds since the epoch, or null for anything that is not a time. */
export function parseTime(value: unknown): number | null {
  if (typeof value === 'string') return parseTimeText(value.trim());
  if (typeof value !== 'number' || !(value >= FIRST_SECONDS)) return null;
  const milliseconds = value < FIRST_MILLISECONDS ? value * 1_000 : value;
  return milliseconds <= LAST_MILLISECONDS ? Math.round(milliseconds) : null;
}

function parseTimeText(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return parseTime(Number(text));
  // Date.parse alone would take "5" or "March 7" for a time.
  if (!/^\d{4}-\d{2}-\d{2}([T ]|$)/.test(text)) return null;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed;
}

export function formatTime(milliseconds: number): string;
export function formatTime(milliseconds: number | null): string | null;
export function formatTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
