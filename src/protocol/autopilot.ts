/** What is said about the autopilot of a session between the daemon and its clients. */
import { z } from 'zod';
import { type Autopilot, END_REASONS } from '../core/autopilot/autopilot.ts';
import { runRequestSchema } from './run.ts';

const MAX_CHECKS = 20;
const MAX_ROUNDS = 50;
const DEFAULT_ROUNDS = 5;
const DEFAULT_MS = 4 * 60 * 60 * 1_000;

const commandSchema = z.string().regex(/\S/, 'a command').max(2_000);

const limitsSchema = z.object({
  rounds: z.number().int().min(1).max(MAX_ROUNDS).default(DEFAULT_ROUNDS),
  tokens: z.number().int().positive().nullable().default(null),
  ms: z.number().int().positive().default(DEFAULT_MS),
});

export const autopilotStartSchema = z.object({
  sessionId: z.string().min(1).max(256),
  goal: z.string().regex(/\S/, 'a goal').max(20_000),
  directory: z.string().min(1).max(4096),
  checks: z.array(commandSchema).max(MAX_CHECKS),
  limits: limitsSchema.prefault({}),
});

export type AutopilotStart = z.input<typeof autopilotStartSchema>;
export type ParsedAutopilotStart = z.output<typeof autopilotStartSchema>;

/** Its session, its folder and what is left of its budget are the autopilot's. */
export const roundRequestSchema = runRequestSchema.omit({
  sessionId: true,
  directory: true,
  tokenBudget: true,
  client: true,
  confirmed: true,
});

export type RoundRequest = z.input<typeof roundRequestSchema>;
export type ParsedRoundRequest = z.output<typeof roundRequestSchema>;

const checkSchema = z.object({ command: commandSchema, passed: z.boolean(), trace: z.string().max(100) });

export const verdictRequestSchema = z.object({
  checks: z.array(checkSchema).max(MAX_CHECKS),
  more: z.boolean().default(false),
});

export type VerdictRequest = z.input<typeof verdictRequestSchema>;
export type ParsedVerdictRequest = z.output<typeof verdictRequestSchema>;

const taskVerdictSchema = z.object({
  id: z.string(),
  outcome: z.enum(['done', 'own', 'failed', 'cancelled', 'skipped']),
  code: z.string().nullable(),
});

const roundSchema = z.object({
  tasks: z.array(taskVerdictSchema),
  checks: z.array(checkSchema),
  tokens: z.number(),
});

const stageSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('planning') }),
  z.object({ name: z.literal('working'), runId: z.string(), tasks: z.array(z.string()) }),
  z.object({ name: z.literal('ended'), reason: z.enum(END_REASONS), at: z.number() }),
]);

export const autopilotSchema = z.object({
  sessionId: z.string(),
  goal: z.string(),
  directory: z.string(),
  checks: z.array(z.string()),
  limits: z.object({ rounds: z.number(), tokens: z.number().nullable(), ms: z.number() }),
  startedAt: z.number(),
  stage: stageSchema,
  rounds: z.array(roundSchema),
  spentTokens: z.number(),
  reminders: z.number(),
});

export type SessionAutopilot = Autopilot & { readonly sessionId: string };

export const autopilotAnswerSchema = z.object({ autopilot: autopilotSchema });
export const autopilotListSchema = z.object({ autopilots: z.array(autopilotSchema) });

/** `hold`: what the conductor is told in place of the end of its turn; `null`: it may end. */
export type TurnEnding = { readonly hold: string | null };
