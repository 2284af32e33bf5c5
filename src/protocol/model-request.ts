/** A model request of a subagent of Claude Code's, as it comes to the daemon in place of its own model. */
import { z } from 'zod';

export const AGENT_HEADER = 'x-claude-code-agent-id';

/** Of the main conversation, refused by Claude: a `RefusedStep` as JSON, percent-encoded. */
export const REFUSED_HEADER = 'x-omcm-refused';
/** Of an answer: what the user is to be told, percent-encoded. */
export const TOLD_HEADER = 'x-omcm-told';

const refusedStepSchema = z.object({
  sessionId: z.string().min(1).max(256),
  directory: z.string().min(1).max(4096),
  /** What Claude's answer said of its windows. */
  headers: z.record(z.string(), z.string()),
});

export type RefusedStep = z.infer<typeof refusedStepSchema>;

/** `null`: nobody could have meant it. */
export function parseRefusedStep(header: string): RefusedStep | null {
  try {
    return refusedStepSchema.parse(JSON.parse(decodeURIComponent(header)));
  } catch {
    return null;
  }
}

const block = z.looseObject({ type: z.string() });

export const messagesBodySchema = z.object({
  model: z.string().max(256),
  /** Claude Code asks again without it where a stream broke, and takes no other stream then. */
  stream: z.literal(true),
  system: z.union([z.string(), z.array(block)]).optional(),
  messages: z.array(
    z.object({
      role: z.enum(['user', 'assistant', 'system']),
      content: z.union([z.string(), z.array(block)]),
    }),
  ),
  tools: z
    .array(
      z.object({
        name: z.string(),
        description: z.string().optional(),
        input_schema: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  tool_choice: z.object({ type: z.string(), name: z.string().optional() }).optional(),
});
