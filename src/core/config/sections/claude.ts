import { z } from 'zod';
import { milliseconds } from './values.ts';

export const claude = z.strictObject({
  command: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe('The Claude Code program, for tasks of a batch that stay on Claude: a name on PATH or a path.'),
  args: z.array(z.string().max(4_096)).max(100).optional().describe('Arguments put before our own.'),
  timeout: milliseconds
    .optional()
    .describe('Longest time for one task of a batch on Claude, in milliseconds.'),
});
