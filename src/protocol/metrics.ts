/** The daemon's metrics, for whoever wants them as JSON. */
import { z } from 'zod';

const sampleSchema = z.object({
  name: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  value: z.number(),
});

export const metricsSchema = z.object({
  metrics: z.array(
    z.object({
      name: z.string(),
      help: z.string(),
      type: z.enum(['counter', 'gauge', 'histogram']),
      samples: z.array(sampleSchema),
    }),
  ),
});
