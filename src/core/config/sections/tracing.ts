import { z } from 'zod';

export const tracing = z.strictObject({
  endpoint: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)])
    .optional()
    .describe('Collector of traces by OTLP over HTTP, such as http://localhost:4318; empty: none.'),
  content: z
    .boolean()
    .optional()
    .describe('Export what was asked and answered, too. Off: never a word of either.'),
});
