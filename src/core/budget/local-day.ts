const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** Days since the epoch. `offset`: how many minutes UTC is ahead of local time then, as a `Date` tells it. */
export function localDay(at: number, offset: number): number {
  return Math.floor((Math.floor(at / MINUTE_MS) - offset) / DAY_MINUTES);
}
