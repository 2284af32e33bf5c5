import { z } from 'zod';

export const daemon = z.strictObject({
  idleExitMinutes: z
    .number()
    .min(0.01)
    .max(10_080)
    .optional()
    .describe('The daemon ends after this many minutes without work.'),
  logLevel: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
    .optional()
    .describe("How much the daemon's log tells."),
});
