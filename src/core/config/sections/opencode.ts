import { z } from 'zod';
import { milliseconds } from './values.ts';

export const opencode = z.strictObject({
  command: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe('The OpenCode program: a name on PATH or a path.'),
  args: z.array(z.string().max(4_096)).max(100).optional().describe('Arguments put before our own.'),
  strategy: z
    .enum(['auto', 'serve', 'run', 'acp', 'spec'])
    .optional()
    .describe(
      "How a task reaches OpenCode: a warm server (serve), a process of its own (run), the Agent Client Protocol (acp); auto takes what is best; spec the seed's own table, in which a delegated task is a run of unknown length and so takes a server.",
    ),
  ultraworkByDefault: z
    .boolean()
    .optional()
    .describe('The first message of a session handed to OpenCode begins with the word ultrawork.'),
  timeout: milliseconds.optional().describe('Longest time for one delegated task, in milliseconds.'),
  stallTimeout: milliseconds
    .optional()
    .describe('A task without any sign of life from its provider for this many milliseconds has failed.'),
  startTimeout: milliseconds
    .optional()
    .describe('Longest time for an OpenCode server to become ready, in milliseconds.'),
});
