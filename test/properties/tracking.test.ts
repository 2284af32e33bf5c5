import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket, Metrics } from '../../src/core/tracking/metrics.ts';
import { MetricsCollector, type MetricsSnapshot } from '../../src/core/tracking/metrics-collector.ts';
import type { TrackedEvent } from '../../src/core/tracking/tracked-event.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const BEGIN = Date.UTC(2026, 2, 20, 13, 7, 5);

/** A zone whose clocks go forward on 29 March 2026 and back on 25 October, as Berlin's do. */
const FORWARD = Date.UTC(2026, 2, 29, 1);
const BACK = Date.UTC(2026, 9, 25, 1);
const offset = (at: number) => (at >= FORWARD && at < BACK ? 2 * HOUR : HOUR);

/** Midnights, one by one: nothing clever that could be wrong in the same way. */
const MIDNIGHTS = Array.from({ length: 700 }, (_, day) => {
  const nominal = Date.UTC(2025, 5, 1) + day * DAY;
  return nominal - offset(nominal - HOUR);
});
const startOfDay = (at: number) => MIDNIGHTS.findLast((midnight) => midnight <= at) ?? 0;

const LEVELS = {
  minutes: { startOf: (at: number) => Math.floor(at / MINUTE) * MINUTE, kept: 60, width: MINUTE },
  hours: { startOf: (at: number) => Math.floor(at / HOUR) * HOUR, kept: 24, width: HOUR },
  days: { startOf: startOfDay, kept: 31, width: DAY },
} as const;
type Level = (typeof LEVELS)[keyof typeof LEVELS];

/** The raw events of one level that have not been dropped, recounted whenever somebody asks. */
function createRecount({ startOf, kept, width }: Level) {
  let raw: readonly TrackedEvent[] = [];
  const drop = (now: number) => {
    const starts: number[] = [startOf(now)];
    while (starts.length < kept) starts.unshift(startOf((starts[0] ?? 0) - 1));
    const [oldest = 0] = starts;
    raw = raw.filter(({ timestamp }) => {
      const start = startOf(timestamp);
      return start >= oldest && start <= startOf(now) + kept * width;
    });
  };
  return {
    add: (event: TrackedEvent, now: number) => {
      raw = [...raw, event];
      drop(now);
    },
    look: drop,
    read: (now: number): readonly Bucket[] => {
      drop(now);
      const shown = raw.filter(({ timestamp }) => startOf(timestamp) <= now);
      const starts = [...new Set(shown.map(({ timestamp }) => startOf(timestamp)))].sort((a, b) => a - b);
      return starts.map((start) => ({
        start,
        ...recount(shown.filter(({ timestamp }) => startOf(timestamp) === start)),
      }));
    },
  };
}

function recount(events: readonly TrackedEvent[]): Metrics {
  const decided = events.filter(({ type }) => type === 'routing');
  const ended = events.filter((event) => event.type === 'task');
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const countBy = (names: readonly string[]) =>
    Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]));
  const hits = decided.filter((event) => 'cached' in event && event.cached === true).length;
  const misses = decided.filter((event) => 'cached' in event && event.cached === false).length;
  const usageOf = (provider: string) => {
    const own = ended.filter((event) => event.provider === provider);
    const total = (key: 'input' | 'output' | 'reasoning' | 'cacheRead' | 'cacheWrite') =>
      sum(own.map(({ tokens }) => tokens?.[key] ?? 0));
    return {
      input: total('input'),
      output: total('output'),
      reasoning: total('reasoning'),
      cacheRead: total('cacheRead'),
      cacheWrite: total('cacheWrite'),
      costUsd: sum(own.map(({ costUsd }) => costUsd ?? 0)),
    };
  };
  return {
    routing: {
      total: decided.length,
      byProvider: countBy(decided.map(({ provider }) => provider)),
      byAgent: countBy(decided.map(({ agent }) => agent)),
    },
    performance: {
      totalDuration: sum(ended.map(({ responseTime }) => responseTime)),
      count: ended.length,
      successes: ended.filter(({ success }) => success).length,
      failures: ended.filter(({ success }) => !success).length,
    },
    cache: { hits, misses },
    usage: Object.fromEntries(
      [...new Set(ended.map(({ provider }) => provider))].map((name) => [name, usageOf(name)]),
    ),
  };
}

const names = {
  agent: fc.constantFrom('explore', 'architect', '__proto__'),
  provider: fc.constantFrom('openai', 'gemini'),
};
const amount = fc.integer({ min: 0, max: 9_000 });
const tokens = fc.record({
  input: amount,
  output: amount,
  reasoning: amount,
  cacheRead: amount,
  cacheWrite: amount,
});
/** Without its time, which is the clock's. */
const eventArbitrary = fc.oneof(
  fc.record({ type: fc.constant('routing' as const), ...names, responseTime: amount, cached: fc.boolean() }),
  fc.record({
    type: fc.constant('task' as const),
    ...names,
    responseTime: amount,
    success: fc.boolean(),
    tokens,
    // Halves add up exactly.
    costUsd: fc.integer({ min: 0, max: 50 }).map((halves) => halves / 2),
  }),
);
/** A moment on, an idle hour, some days into a change of clocks, or back. */
const clockStep = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 90_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 * HOUR }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 9 * DAY }) },
  { weight: 2, arbitrary: fc.integer({ min: -2 * HOUR, max: 0 }) },
  { weight: 1, arbitrary: fc.integer({ min: -20 * DAY, max: 60 * DAY }) },
);
const stepArbitrary = fc.record({
  step: clockStep,
  event: fc.option(eventArbitrary, { freq: 4 }),
  /** Events that come late, as from a log that is read again. */
  late: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -2 * DAY, max: 2 * HOUR })),
  restart: fc.boolean(),
});
const steps = fc.array(stepArbitrary, { maxLength: 60 });

describe('the buckets of time', () => {
  it('equal a recount of the raw events under any steps of the clock, restarts included', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        let now = BEGIN;
        let collector = new MetricsCollector({ now: () => now, startOfDay });
        const levels = Object.entries(LEVELS).map(([name, level]) => [name, createRecount(level)] as const);
        for (const { step, event, late, restart } of moves) {
          now += step;
          if (restart) {
            const saved = JSON.parse(JSON.stringify(collector.snapshot())) as MetricsSnapshot;
            collector = new MetricsCollector({ now: () => now, startOfDay });
            collector.merge(saved);
            for (const [, level] of levels) level.look(now);
          }
          if (event !== null) {
            const at = { ...event, timestamp: now + late };
            collector.record(at);
            for (const [, level] of levels) level.add(at, now);
          }
          const expected = Object.fromEntries(levels.map(([name, level]) => [name, level.read(now)]));
          expect(collector.getMetrics()).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('add up the same whether one collector saw everything or several saw parts, and were merged', () => {
    const parts = fc.array(
      fc.tuple(eventArbitrary, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: HOUR })),
    );
    fc.assert(
      fc.property(parts, (events) => {
        const create = () => new MetricsCollector({ now: () => BEGIN, startOfDay });
        const whole = create();
        const pieces = [create(), create(), create()];
        for (const [event, piece, ago] of events) {
          const at = { ...event, timestamp: BEGIN - ago };
          whole.record(at);
          pieces[piece]?.record(at);
        }
        const merged = create();
        for (const piece of pieces) merged.merge(piece.snapshot());
        expect(merged.getMetrics()).toEqual(whole.getMetrics());
        expect(merged.getTotals('days')).toEqual(whole.getTotals('days'));
      }),
    );
  });
});
