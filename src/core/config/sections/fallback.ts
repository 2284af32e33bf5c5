import { z } from 'zod';
import { modelRef } from './values.ts';

export const fallback = z.strictObject({
  chain: z
    .array(modelRef)
    .max(20)
    .optional()
    .describe('Models tried in this order where the model of an agent is not available.'),
  forceModel: modelRef
    .nullable()
    .optional()
    .describe('While fallback is active, this one model answers every agent; null keeps their own.'),
  dwellMinutes: z
    .number()
    .min(0.01)
    .max(1_440)
    .optional()
    .describe('Fallback stays on for at least this many minutes.'),
});
