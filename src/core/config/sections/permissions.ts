import { z } from 'zod';

export const permissions = z.strictObject({
  delegateWrites: z
    .enum(['never', 'ask', 'allow'])
    .optional()
    .describe('Whether agents that edit files may be delegated while Claude Code would ask for each edit.'),
});
