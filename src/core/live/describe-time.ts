import type { LiveWords } from './live-words.ts';
import { fill } from './live-words.ts';

/** How long, in the two units that say most: 12 s, 3 min 4 s, 2 h 5 min, 3 d 4 h. */
export function describeSpan(milliseconds: number, { units }: LiveWords): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [minutes, hours, days] = [60, 3_600, 86_400].map((unit) => Math.floor(seconds / unit));
  if (days) return fill(units.days, { d: days, h: (hours ?? 0) % 24 });
  if (hours) return fill(units.hours, { h: hours, m: (minutes ?? 0) % 60 });
  if (minutes) return fill(units.minutes, { m: minutes, s: seconds % 60 });
  return fill(units.seconds, { s: seconds });
}
