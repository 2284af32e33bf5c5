/** What is said between a scheduler and workers on other machines, through Redis. */
import { z } from 'zod';
import { outcomeSchema, placedSchema, type TaskEvent } from './task.ts';

/** Raised when one side could misunderstand the other. */
export const QUEUE_PROTOCOL = 1;

/** The branch of a bundle of code. */
export const CODE_BRANCH = 'omcm/travel';

const object = z.string().regex(/^[0-9a-f]{40,64}$/);

/** Where the code of a task comes from: a commit, and what its folder had beside that. */
const codeSchema = z.object({
  /** The same for all clones of a repository: its first commit. */
  repository: object,
  /** What is committed. */
  head: object,
  /** The folder as the task shall see it: `head`, or a commit on it. */
  base: object,
  /** The folder of the run, from the top of the repository. */
  prefix: z.string(),
  /** Where `head` can be had from, without any login. */
  remote: z.string().nullable(),
  /** The bundle of everything up to `head`. */
  bundle: z.string().nullable(),
  /** The bundle of what is in `base` beside `head`; `null` where that is nothing. */
  patch: z.string().nullable(),
});
export type TaskCode = z.infer<typeof codeSchema>;

/** What a worker may let the task do. `once`: outside of its folder too, so it is not done again by another one. */
const natureSchema = z.enum(['reading', 'editing', 'once']);
export type TaskNature = z.infer<typeof natureSchema>;

export const queuedTaskSchema = z.object({
  protocol: z.number(),
  /** Of the scheduler's program, for sentences. */
  version: z.string(),
  run: z.string(),
  task: z.string(),
  agent: z.string(),
  prompt: z.string(),
  /** The run's folder at the scheduler's, as prompts may name it. */
  directory: z.string(),
  nature: natureSchema,
  placed: placedSchema,
  code: codeSchema,
});
export type QueuedTask = z.infer<typeof queuedTaskSchema>;

export const workerEndSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ended'),
    worker: z.string(),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    text: z.string(),
    work: outcomeSchema.nullable(),
    /** It may have left a mark, so nobody begins it again. */
    begun: z.boolean(),
    /** What it has changed, from the code's `base`. */
    changes: z.object({ base: object, commit: object, bundle: z.string(), branch: z.string() }).nullable(),
  }),
  /** It was not begun. `code-missing`: the worker cannot have the code from the remote. */
  z.object({
    kind: z.literal('declined'),
    worker: z.string(),
    code: z.enum(['code-missing', 'other-version', 'not-here', 'lost-before']),
    message: z.string(),
  }),
]);
export type WorkerEnd = z.infer<typeof workerEndSchema>;

/** What a worker tells while it is at work. */
export const workerNewsSchema = z.object({
  kind: z.literal('prompted'),
  worker: z.string(),
  provider: z.string(),
  model: z.string(),
});
export type WorkerNews = z.infer<typeof workerNewsSchema>;

/** What a task says and does while it is at work, as its daemon tells it. */
export type TaskSaying = Extract<TaskEvent, { type: 'text' | 'activity' }>;

/** Some of it, for whoever looks on at the scheduler. `round`: higher each time that somebody begins the task. */
export const talkPieceSchema = z.object({
  round: z.number(),
  text: z.string(),
  activity: z.string().nullable(),
});
export type TalkPiece = z.infer<typeof talkPieceSchema>;

/**
 * Kept in Redis for as long as the worker says so; nobody's clock is compared with another one's. That one is there who
 * speaks another protocol is to be seen, whatever else it says.
 */
export const presenceSchema = z.object({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  protocol: z.number(),
  tags: z.array(z.string()).catch([]),
  /** `provider/model`, in OpenCode's spelling. */
  models: z.array(z.string()).catch([]),
  concurrency: z.number().catch(0),
  running: z.number().catch(0),
  done: z.number().catch(0),
  draining: z.boolean().catch(false),
  /** Since its start, by its own clock. */
  uptimeMs: z.number().catch(0),
});
export type WorkerPresence = z.infer<typeof presenceSchema>;

/** Whoever sends tasks, so that a worker knows at its start whether it would be understood. */
export const schedulerSchema = z.object({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  protocol: z.number(),
});
export type SchedulerPresence = z.infer<typeof schedulerSchema>;
