import { z } from 'zod';

export const tracking = z.strictObject({
  events: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('How many of the last events the daemon keeps in memory.'),
});
