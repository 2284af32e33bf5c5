// metrics.json: what was counted by minute, hour and day, and up to which lines of the logs.
import { z } from 'zod';
import type { Bucket } from '../../core/tracking/metrics.ts';
import { type MetricsSnapshot, PERIODS } from '../../core/tracking/metrics-collector.ts';
import { formatTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { ParsedState, StateFileSpec } from './state-file.ts';

/** The last lines that are counted, by their requests; `null`: none. */
export type Counted = { readonly decision: string | null; readonly outcome: string | null };

export type MetricsState = {
  readonly metrics: MetricsSnapshot;
  readonly counted: Counted;
  readonly savedAt: number | null;
};

export const NO_METRICS: MetricsState = {
  metrics: { minutes: [], hours: [], days: [] },
  counted: { decision: null, outcome: null },
  savedAt: null,
};

export function metricsSpec(file: string): StateFileSpec<MetricsState> {
  return { file, migrations: [], parse: parseMetrics, serialise: serialiseMetrics };
}

const count = z.number().min(0);
const counts = z.record(z.string(), count);
const bucketSchema = z.object({
  start: z.number(),
  routing: z.object({ total: count, byProvider: counts, byAgent: counts }),
  performance: z.object({ totalDuration: count, count, successes: count, failures: count }),
  cache: z.object({ hits: count, misses: count }),
  usage: z.record(
    z.string(),
    z.object({
      input: count,
      output: count,
      reasoning: count,
      cacheRead: count,
      cacheWrite: count,
      costUsd: count,
    }),
  ),
}) satisfies z.ZodType<Bucket>;

function parseMetrics(raw: JsonObject): ParsedState<MetricsState> {
  const levels = PERIODS.map((period) => {
    const given = Array.isArray(raw[period]) ? raw[period] : [];
    const read = given.map((bucket) => bucketSchema.safeParse(bucket));
    return {
      period,
      good: read.flatMap(({ data }) => data ?? []),
      bad: read.filter((one) => !one.success).length,
    };
  });
  const counted = isJsonObject(raw.counted) ? raw.counted : {};
  const value: MetricsState = {
    metrics: {
      ...NO_METRICS.metrics,
      ...Object.fromEntries(levels.map(({ period, good }) => [period, good])),
    },
    counted: { decision: textOf(counted.decision), outcome: textOf(counted.outcome) },
    savedAt: typeof raw.savedAt === 'string' ? Date.parse(raw.savedAt) : null,
  };
  const problems = levels
    .filter(({ bad }) => bad > 0)
    .map(({ period, bad }) => ({ keyPath: period, message: `${bad} of ${period} cannot be read.` }));
  return { value, problems };
}

function serialiseMetrics({ metrics, counted, savedAt }: MetricsState): JsonObject {
  return { ...metrics, counted: { ...counted }, savedAt: formatTime(savedAt) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
