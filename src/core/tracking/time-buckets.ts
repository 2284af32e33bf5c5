/**
 * Sums by spans of the clock, the last so many of them.
 *
 *   ··· dropped │ kept, shown              │ now │ ahead: kept, shown when the clock gets there │ dropped ···
 *               └──────── `kept` spans ──────────┘
 *
 * The clock decides, not what happened: an idle hour empties the minutes. What lies ahead was counted before the clock
 * went back. What has been dropped stays so, wherever the clock goes.
 */
import type { Bucket } from './metrics.ts';
import { createTally, type Tally } from './tally.ts';
import type { TrackedEvent } from './tracked-event.ts';

export type SpanRules = {
  /** The usual length in milliseconds; a day with a change of clocks is an hour off. */
  readonly width: number;
  /** The current one included. */
  readonly kept: number;
  /** The beginning of the span in which a moment lies. */
  readonly startOf: (at: number) => number;
};

export type TimeBuckets = {
  add(event: TrackedEvent, now: number): void;
  merge(buckets: readonly Bucket[], now: number): void;
  /** Oldest first; spans in which nothing happened are left out. */
  read(now: number): readonly Bucket[];
  /** Those that lie ahead too. */
  readAll(now: number): readonly Bucket[];
};

type Span = { readonly start: number; readonly end: number; readonly tally: Tally };

export function createTimeBuckets(rules: SpanRules): TimeBuckets {
  const { width, kept, startOf } = rules;
  const spans = new Map<number, Span>();
  /** The last one that was counted into: nearly always the next one too. */
  let open: Span | null = null;
  let current = { start: 0, end: Number.NEGATIVE_INFINITY, oldest: 0, newest: 0 };

  // Half a span more leads into the next one, whatever the clocks do in between.
  const endOf = (start: number) => startOf(start + width * 1.5);

  const age = (now: number) => {
    if (now >= current.start && now < current.end) return;
    const start = startOf(now);
    const oldest = startOf(start - (kept - 1) * width + width / 2);
    current = { start, end: endOf(start), oldest, newest: start + kept * width };
    for (const [key] of spans) if (!isKept(key)) spans.delete(key);
    if (open !== null && !isKept(open.start)) open = null;
  };
  const isKept = (start: number) => start >= current.oldest && start <= current.newest;

  const spanAt = (at: number): Span | null => {
    if (open !== null && at >= open.start && at < open.end) return open;
    const start = startOf(at);
    if (!isKept(start)) return null;
    const span = spans.get(start) ?? { start, end: endOf(start), tally: createTally() };
    spans.set(start, span);
    open = span;
    return span;
  };
  const readAll = (now: number): readonly Bucket[] => {
    age(now);
    const all = [...spans.values()].map(({ start, tally }) => ({ start, ...tally.read() }));
    return all.sort((a, b) => a.start - b.start);
  };

  return {
    add: (event, now) => {
      age(now);
      spanAt(event.timestamp)?.tally.add(event);
    },
    merge: (buckets, now) => {
      age(now);
      for (const bucket of buckets) spanAt(bucket.start)?.tally.addMetrics(bucket);
    },
    read: (now) => readAll(now).filter(({ start }) => start <= now),
    readAll,
  };
}
