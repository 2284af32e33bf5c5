import { z } from 'zod';

export const notifications = z.strictObject({
  showOnThreshold: z.boolean().optional().describe('Say so when a usage threshold is passed.'),
  showOnKeyword: z
    .boolean()
    .optional()
    .describe('Tell how a session is handed over when a prompt asks for it by one of the keywords.'),
  quietMode: z.boolean().optional().describe('Say nothing of our own accord.'),
});
