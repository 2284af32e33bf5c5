import { z } from 'zod';

export const results = z.strictObject({
  maxChars: z
    .int()
    .min(1_000)
    .max(1_000_000)
    .optional()
    .describe('A longer answer is handed back as a digest and the path of the full text.'),
});
