import { z } from 'zod';

export const security = z.strictObject({
  trust: z
    .enum(['ask', 'always'])
    .optional()
    .describe(
      'ask: a project that brings files of OpenCode or settings of OMCM is delegated from once you trust it; always: any.',
    ),
});
