import { z } from 'zod';

export const quota = z.strictObject({
  oauthUsage: z
    .boolean()
    .optional()
    .describe("Ask Claude's usage page every few minutes, with the login of Claude Code."),
});
