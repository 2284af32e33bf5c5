import { z } from 'zod';

export const metrics = z.strictObject({
  port: z
    .int()
    .min(1_024)
    .max(65_535)
    .nullable()
    .optional()
    .describe('Loopback port on which the daemon answers /metrics to Prometheus; null: none.'),
});
