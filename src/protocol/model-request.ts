/** A model request of a subagent of Claude Code's, as it comes to the daemon in place of its own model. */
import { z } from 'zod';

export const AGENT_HEADER = 'x-claude-code-agent-id';

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
