/** One prompt to several models, between the daemon and its clients: each answer is a task of its own. */
import { z } from 'zod';
import { budgetCheckSchema } from './budget.ts';
import { taskStartedSchema } from './task.ts';

const MAX_MODELS = 20;

export const askRequestSchema = z.object({
  prompt: z.string().regex(/\S/, 'a prompt that says something'),
  /** `provider/model`, a model's id, or a provider; left out: the usual model of each connected provider. */
  models: z.array(z.string().min(1).max(200)).min(1).max(MAX_MODELS).optional(),
  directory: z.string().min(1).max(4096),
  sessionId: z.string().max(256).optional(),
  /** Milliseconds; never more than the configured deadline. */
  timeoutMs: z.number().int().positive().optional(),
  /** The user was shown what it may take, and said yes. */
  confirmed: z.boolean().optional(),
});

export type AskRequest = z.input<typeof askRequestSchema>;
export type ParsedAskRequest = z.output<typeof askRequestSchema>;

/** Who would be asked, and what the budgets say of it. Nothing is begun. */
export const askCheckSchema = z.object({
  models: z.array(z.string()),
  unknown: z.array(z.string()),
  connected: z.array(z.string()),
  check: budgetCheckSchema,
});

export type AskCheck = z.infer<typeof askCheckSchema>;

/** Their events are read as those of any task. */
export const askStartedSchema = z.object({
  tasks: z.array(taskStartedSchema.extend({ model: z.string() })),
});

export type AskStarted = z.infer<typeof askStartedSchema>;
