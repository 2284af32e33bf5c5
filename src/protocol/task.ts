/** What is said about delegated tasks between the daemon and its clients. */
import { z } from 'zod';
import { MODE_NAMES } from '../core/routing/mode.ts';
import { sessionModeSchema } from './session-mode.ts';

/** A prompt larger than this is refused with a sentence: no model takes it, and it would only cost memory. */
export const MAX_PROMPT_BYTES = 8 * 1024 * 1024;

/** As Claude Code names it; what the core does not know counts as `default`, the strictest that works. */
export const permissionModeSchema = z.string().max(64);

/** A task that another daemon has routed: what it decided, and what it knew of the agent. */
export const placedSchema = z.object({
  /** `provider/model`, best first. */
  models: z.array(z.string().max(200)).min(1).max(50),
  role: z.enum(['oracle', 'codex', 'flash']),
  tier: z.enum(['low', 'medium', 'high']),
  opencodeAgent: z.enum(['build', 'plan', 'explore', 'general']),
  writes: z.boolean(),
  /** The agent's own, as they are where the run was started. */
  instructions: z.string().nullable(),
});

export type Placed = z.infer<typeof placedSchema>;

/** A call that is about to be made, as far as it is known before its prompt. */
export const prepareRequestSchema = z.object({
  /** As Claude Code names it: `oh-my-claudecode:architect`, `Explore`, … */
  agent: z.string().max(512),
  directory: z.string().min(1).max(4096),
  permissionMode: permissionModeSchema.default('default'),
  sessionId: z.string().max(256).optional(),
  /** Claude Code's id of the subagent; a second prompt to the same id goes on in the same OpenCode session. */
  agentId: z.string().max(256).optional(),
  /** The prompt continues a subagent that has already worked. */
  resumed: z.boolean().default(false),
  toolUseId: z.string().max(256).optional(),
  toolName: z.string().max(64).default('Agent'),
  mode: z.enum(MODE_NAMES).optional(),
  /** Who asks: the mod, the PreToolUse hook, or the CLI. */
  via: z.enum(['mod', 'hook', 'cli']).default('cli'),
  /** The mod has seen model requests of Claude Code's: those of the subagent can be answered by others. */
  seesRequests: z.boolean().optional(),
  /** `provider/model`: it alone may answer, whatever routing says, and only by reading. */
  model: z.string().max(200).optional(),
  /** The run that it is part of. */
  runId: z.string().max(256).optional(),
  /** The user was shown what it may take, and said yes: no budget is asked. */
  confirmed: z.boolean().optional(),
  /** Decided elsewhere: nothing but its models and the folder's trust is asked here. */
  placed: placedSchema.optional(),
});

export type PrepareRequest = z.input<typeof prepareRequestSchema>;
export type ParsedPrepareRequest = z.output<typeof prepareRequestSchema>;

export const taskRequestSchema = prepareRequestSchema.extend({
  prompt: z.string(),
  /** The trace to which the call belongs, as W3C Trace Context writes it. */
  traceparent: z.string().max(128).optional().catch(undefined),
  /** Milliseconds; never more than the configured deadline. */
  timeoutMs: z.number().int().positive().optional(),
});

export type TaskRequest = z.input<typeof taskRequestSchema>;
export type ParsedTaskRequest = z.output<typeof taskRequestSchema>;

export const routeRequestSchema = z.object({
  agent: z.string().max(512),
  prompt: z.string().optional(),
  directory: z.string().max(4096).optional(),
  mode: z.enum(MODE_NAMES).optional(),
  /** Decide as for this session, or as if this were asked of it. */
  sessionId: z.string().max(256).optional(),
  sessionMode: sessionModeSchema.optional(),
  /** Pretend that Claude's five-hour window stands at this percentage. */
  atPercent: z.number().min(0).max(1000).optional(),
  fallbackActive: z.boolean().optional(),
  permissionMode: permissionModeSchema.optional(),
});

export type ParsedRouteRequest = z.output<typeof routeRequestSchema>;

const tokensSchema = z.object({
  input: z.number(),
  output: z.number(),
  reasoning: z.number(),
  cacheRead: z.number(),
  cacheWrite: z.number(),
});

export const outcomeSchema = z.object({
  tokens: tokensSchema,
  costUsd: z.number(),
  filesChanged: z.array(z.string()),
  model: z.string(),
  provider: z.string(),
  durationMs: z.number(),
  /** Where the whole answer is, when it was cut. */
  fullTextFile: z.string().nullable(),
});

const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  retryAfterMs: z.number().optional(),
});

/**
 * The events of one task, in order; `finished` or `failed` is the last.
 * `begun` on a failure: text was already handed out or files were changed, so the work must not be done again
 * as if nothing had happened.
 */
export const taskEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('activity'), text: z.string() }),
  z.object({ type: z.literal('finished'), outcome: outcomeSchema }),
  z.object({ type: z.literal('failed'), failure: failureSchema, begun: z.boolean(), outcome: outcomeSchema }),
]);

export type TaskEvent = z.infer<typeof taskEventSchema>;
export type TaskOutcome = z.infer<typeof outcomeSchema>;

/** The decision as it goes over the wire; the core's type is the reference. */
export const decisionSchema = z.looseObject({
  route: z.boolean(),
  reason: z.string(),
  step: z.string(),
  target: z
    .object({ provider: z.string(), model: z.string(), name: z.string(), opencodeProvider: z.string() })
    .nullable(),
  opencodeAgent: z.string().nullable(),
  /** How another model answers, and why so; the second also where the permissions keep it on Claude. */
  engine: z.string().optional(),
  engineWhy: z.string().optional(),
  /** The agent may edit files, so what it has begun is not done again. */
  writes: z.boolean().optional(),
  /** Where it would have gone, were the mode not `shadow`. */
  shadow: z
    .object({
      reason: z.string(),
      step: z.string(),
      role: z.string(),
      target: z.looseObject({ provider: z.string(), model: z.string(), name: z.string() }),
    })
    .optional(),
  /** Nobody answers this call: it is told so, in place of an answer. */
  block: z.object({ rule: z.string().nullable(), message: z.string() }).optional(),
});

export const taskStartedSchema = z.object({
  taskId: z.string(),
  decision: decisionSchema,
  /** For the user; only where the whole task is one answer, whose reader may have no other ear. */
  notices: z.array(z.string()).optional(),
});

export type TaskStarted = z.infer<typeof taskStartedSchema>;

export const taskEventsSchema = z.object({
  events: z.array(taskEventSchema),
  next: z.number(),
  done: z.boolean(),
});

export type TaskEvents = z.infer<typeof taskEventsSchema>;
