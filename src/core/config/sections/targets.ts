import { z } from 'zod';
import { modelRef } from './values.ts';

const models = z.array(modelRef).min(1).max(20);

export const targets = z.strictObject({
  oracle: models.optional().describe('Models for reasoning and review; the first connected one is used.'),
  codex: models.optional().describe('Models for writing code; the first connected one is used.'),
  flash: models
    .optional()
    .describe('Models for quick look-ups and documents; the first connected one is used.'),
});
