/** What is said about the context of sessions between the daemon and its clients. */
import { z } from 'zod';

/** To be kept before the conversation is compacted. */
export const saveContextSchema = z.object({
  sessionId: z.string().min(1).max(256),
  directory: z.string().min(1).max(4096),
  transcript: z.string().min(1).max(4096),
});

export type SaveContext = z.input<typeof saveContextSchema>;
export type ParsedSaveContext = z.output<typeof saveContextSchema>;
