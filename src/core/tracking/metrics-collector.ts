/** How much of what: by minute, by hour, by day, and the sum of each. */
import type { Bucket, Metrics } from './metrics.ts';
import { sumMetrics } from './tally.ts';
import { createTimeBuckets, type TimeBuckets } from './time-buckets.ts';
import type { TrackedEvent } from './tracked-event.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The seed's: sixty minutes make the hour, twenty-four hours the day; and a month of days. */
export const KEPT = { minutes: 60, hours: 24, days: 31 } as const;

export type Period = keyof typeof KEPT;

export const PERIODS: readonly Period[] = ['minutes', 'hours', 'days'];

/** What a restart carries over. */
export type MetricsSnapshot = { readonly [P in Period]: readonly Bucket[] };

export type MetricsReport = { readonly [P in Period]: readonly Bucket[] };

export type CollectorOptions = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** When the day began in which a moment lies; left out, days are those of UTC. */
  readonly startOfDay?: ((at: number) => number) | undefined;
};

export class MetricsCollector {
  readonly #now: () => number;
  readonly #levels: { readonly [P in Period]: TimeBuckets };

  constructor({ now, startOfDay = startOf(DAY_MS) }: CollectorOptions) {
    this.#now = now;
    this.#levels = {
      minutes: createTimeBuckets({ width: MINUTE_MS, kept: KEPT.minutes, startOf: startOf(MINUTE_MS) }),
      hours: createTimeBuckets({ width: HOUR_MS, kept: KEPT.hours, startOf: startOf(HOUR_MS) }),
      days: createTimeBuckets({ width: DAY_MS, kept: KEPT.days, startOf: startOfDay }),
    };
  }

  /** Counted where its own time lies; one that is too old for a level is not counted there. */
  record(event: TrackedEvent): void {
    const now = this.#now();
    this.#levels.minutes.add(event, now);
    this.#levels.hours.add(event, now);
    this.#levels.days.add(event, now);
  }

  /** The buckets in which something happened, oldest first. */
  getMetrics(): MetricsReport {
    const now = this.#now();
    return byPeriod((period) => this.#levels[period].read(now));
  }

  /** The last sixty minutes, the last twenty-four hours, the last thirty-one days, as one sum. */
  getTotals(period: Period): Metrics {
    return sumMetrics(this.#levels[period].read(this.#now()));
  }

  /** Everything that is kept, for `merge`. */
  snapshot(): MetricsSnapshot {
    const now = this.#now();
    return byPeriod((period) => this.#levels[period].readAll(now));
  }

  /** Adds what another collector, or an earlier life of this one, has counted. */
  merge(snapshot: MetricsSnapshot): void {
    const now = this.#now();
    for (const period of PERIODS) this.#levels[period].merge(snapshot[period], now);
  }
}

function startOf(width: number): (at: number) => number {
  return (at) => at - (((at % width) + width) % width);
}

function byPeriod<T>(read: (period: Period) => T): { readonly [P in Period]: T } {
  return { minutes: read('minutes'), hours: read('hours'), days: read('days') };
}
