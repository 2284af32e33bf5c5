const DAY = 1_440;

/** Minutes since midnight. `offset`: how many minutes UTC is ahead of local time, as a `Date` tells it. */
export function minuteOfDay(now: number, offset: number): number {
  const minute = Math.floor(now / 60_000) - offset;
  return ((minute % DAY) + DAY) % DAY;
}
