/** What is said about runs of many tasks between the daemon and its clients. */
import { z } from 'zod';
import { MODE_NAMES } from '../core/routing/mode.ts';
import { WORKTREE_POLICIES } from '../core/worktrees/worktree-policy.ts';
import { batchSchema } from './batch.ts';
import { outcomeSchema, permissionModeSchema } from './task.ts';

export const FAILURE_MODES = ['continue', 'stop', 'cancel'] as const;
const MAX_WORKERS = 256;

export const runRequestSchema = batchSchema.extend({
  directory: z.string().min(1).max(4096),
  permissionMode: permissionModeSchema.default('default'),
  mode: z.enum(MODE_NAMES).optional(),
  /** The Claude Code session that the run is for: its mode holds, and its end is the run's. */
  sessionId: z.string().max(256).optional(),
  maxWorkers: z.number().int().min(1).max(MAX_WORKERS).default(4),
  onFailure: z.enum(FAILURE_MODES).default('continue'),
  /** A conductor does itself what stays on Claude; for the CLI, Claude Code is started. */
  client: z.enum(['cli', 'conductor']).default('cli'),
  /** Nothing starts once this much is spent. */
  tokenBudget: z.number().int().positive().nullable().default(null),
  /** Instead of what the configuration says. */
  worktrees: z.enum(WORKTREE_POLICIES).optional(),
  /** The user was shown what it may take, and said yes; without it, a run over a budget is refused. */
  confirmed: z.boolean().optional(),
});

export type RunRequest = z.input<typeof runRequestSchema>;
export type ParsedRunRequest = z.output<typeof runRequestSchema>;

const endSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done') }),
  /** Routing left it on Claude, and the conductor does it itself: nothing was done here. */
  z.object({ outcome: z.literal('claude'), reason: z.string() }),
  z.object({ outcome: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({ outcome: z.literal('cancelled') }),
  /** The daemon was lost meanwhile, and the task is not done again: it may have changed files, or is what ends daemons. */
  z.object({ outcome: z.literal('interrupted'), reason: z.enum(['may-have-written', 'lost-too-often']) }),
  z.object({
    outcome: z.literal('skipped'),
    because: z.object({
      code: z.string(),
      task: z.string().optional(),
      outcome: z.string().optional(),
      tokens: z.number().optional(),
    }),
  }),
]);

const files = z.array(z.string());

/** What became of what the task has changed; the core's type is the reference. */
const changesSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('merged'), files, leftOut: files }),
  z.object({ kind: z.literal('unchanged'), leftOut: files }),
  z.object({
    kind: z.literal('left'),
    branch: z.string(),
    because: z.object({
      code: z.string(),
      files: files.optional(),
      outcome: z.string().optional(),
      message: z.string().optional(),
    }),
    files,
    leftOut: files,
    command: z.string(),
  }),
  z.object({ kind: z.literal('in-place'), because: z.string() }),
  z.object({ kind: z.literal('kept'), directory: z.string(), message: z.string() }),
]);

export type WorkChanges = z.infer<typeof changesSchema>;

/**
 * `ended` comes once for each task of a run, whether it had started or not; `started` again where the daemon was lost
 * meanwhile. Times are milliseconds since the epoch.
 */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), task: z.string(), at: z.number() }),
  /** The model has it now; another one may follow. */
  z.object({
    type: z.literal('prompted'),
    task: z.string(),
    at: z.number(),
    provider: z.string(),
    model: z.string(),
    mayWrite: z.boolean(),
    /** Who has it; left out where it is this machine. */
    worker: z.string().optional(),
  }),
  z.object({ type: z.literal('stopping'), task: z.string(), at: z.number() }),
  z.object({
    type: z.literal('ended'),
    task: z.string(),
    at: z.number(),
    end: endSchema,
    text: z.string(),
    work: outcomeSchema.nullable(),
    /** `null`: it worked in the run's folder, as it should. */
    changes: changesSchema.nullable().default(null),
  }),
]);

export type RunEventMessage = z.infer<typeof runEventSchema>;
export type TaskEndMessage = z.infer<typeof endSchema>;

const runSummarySchema = z.object({
  id: z.string(),
  directory: z.string(),
  startedAt: z.number(),
  tasks: z.number(),
  ended: z.number(),
  running: z.number(),
});

export type RunSummary = z.infer<typeof runSummarySchema>;

export const runListSchema = z.object({ runs: z.array(runSummarySchema) });
export const runCancelledSchema = z.object({ run: runSummarySchema });
export const runStartedSchema = z.object({ runId: z.string() });

export const runEventsSchema = z.object({
  run: runSummarySchema,
  tasks: z.array(z.object({ id: z.string(), agent: z.string() })),
  events: z.array(runEventSchema),
  next: z.number(),
  done: z.boolean(),
  /** The daemon goes, and nothing of the run is at work any more: the next daemon goes on with it. */
  paused: z.boolean(),
});

export type RunEvents = z.infer<typeof runEventsSchema>;
