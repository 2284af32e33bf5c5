import { z } from 'zod';

export const context = z.strictObject({
  includeRecentFiles: z.boolean().optional().describe('Name recently changed files in a hand-over.'),
  recentFilesLimit: z.int().min(0).max(1_000).optional().describe('How many recent files a hand-over names.'),
  includeTodos: z.boolean().optional().describe('Carry the open to-dos in a hand-over.'),
  includeDecisions: z.boolean().optional().describe('Carry recent decisions in a hand-over.'),
  maxContextLength: z
    .int()
    .min(1_000)
    .max(1_000_000)
    .optional()
    .describe('Longest hand-over, in characters.'),
  delegation: z
    .enum(['none', 'brief', 'full'])
    .optional()
    .describe(
      'What a delegated task is told of the session beside its prompt; full: the hand-over document.',
    ),
});
