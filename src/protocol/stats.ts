/** What the daemon has counted, and the last events. */
import { z } from 'zod';

const counts = z.record(z.string(), z.number());

const usageSchema = z.object({
  input: z.number(),
  output: z.number(),
  reasoning: z.number(),
  cacheRead: z.number(),
  cacheWrite: z.number(),
  costUsd: z.number(),
});

const bucketSchema = z.object({
  /** Milliseconds since the epoch. */
  start: z.number(),
  routing: z.object({ total: z.number(), byProvider: counts, byAgent: counts }),
  performance: z.object({
    totalDuration: z.number(),
    count: z.number(),
    successes: z.number(),
    failures: z.number(),
  }),
  cache: z.object({ hits: z.number(), misses: z.number() }),
  usage: z.record(z.string(), usageSchema),
});

const eventSchema = z.looseObject({
  type: z.enum(['routing', 'task']),
  timestamp: z.number(),
  agent: z.string(),
  provider: z.string(),
  responseTime: z.number(),
});

const readonlyList = <T extends z.ZodType>(item: T) => z.array(item).readonly();

export const statsSchema = z.object({
  minutes: readonlyList(bucketSchema),
  hours: readonlyList(bucketSchema),
  days: readonlyList(bucketSchema),
  /** Oldest first. */
  recent: readonlyList(eventSchema),
});

export type Stats = z.infer<typeof statsSchema>;
