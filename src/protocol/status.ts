/** What the daemon says about itself. */
import { z } from 'zod';
import { fallbackStatusSchema } from './quota.ts';
import { rescueStandingSchema } from './rescue.ts';

export const healthSchema = z.object({
  version: z.string(),
  protocol: z.number(),
  pid: z.number(),
  startedAt: z.number(),
  state: z.enum(['serving', 'draining']),
});
export type Health = z.infer<typeof healthSchema>;

/** The file beside the socket; written after the daemon listens, so whoever reads it can connect. */
export const endpointSchema = z.object({
  socketPath: z.string(),
  pid: z.number(),
  version: z.string(),
  protocol: z.number(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

const serverSchema = z.object({
  /** Its place in the pool. */
  id: z.string(),
  kind: z.enum(['own', 'remote']),
  port: z.number().nullable(),
  /** Of a server on another machine. */
  url: z.string().nullable(),
  pid: z.number().nullable(),
  state: z.enum(['starting', 'ready', 'draining', 'stopping', 'failed', 'given-up']),
  tasksRunning: z.number(),
  tasksDone: z.number(),
  /** Milliseconds since the epoch. */
  startedAt: z.number().nullable(),
  rssBytes: z.number().nullable(),
  lastError: z.string().nullable(),
});
export type ServerStatus = z.infer<typeof serverSchema>;

export const poolStatusSchema = z.object({
  minServers: z.number(),
  maxServers: z.number(),
  sessionsPerServer: z.number(),
  /** Tasks without a server. */
  waiting: z.number(),
  /** Why nothing will be served; `null` where something will. */
  outage: z.string().nullable(),
  servers: z.array(serverSchema),
});
export type PoolStatus = z.infer<typeof poolStatusSchema>;

export const scaleSchema = z.object({ servers: z.number().int().min(0).max(64) });
export const recycleSchema = z.object({ port: z.number().int().min(1).max(65535).optional() });

/** A provider or a model that is put aside after failures. */
const restingSchema = z.object({
  /** `provider/model`, or `provider/*` for all of its models. */
  key: z.string(),
  code: z.string(),
  /** Milliseconds since the epoch. */
  until: z.number(),
  /** The machine of the team that found it out; left out: this one. */
  from: z.string().optional(),
});
export type RestingStatus = z.infer<typeof restingSchema>;

const problemSchema = z.object({ at: z.number(), code: z.string(), message: z.string() });
export type Problem = z.infer<typeof problemSchema>;

const teamWorkerSchema = z.object({
  id: z.string(),
  host: z.string(),
  version: z.string(),
  tags: z.array(z.string()),
  providers: z.array(z.string()),
  concurrency: z.number(),
  running: z.number(),
  done: z.number(),
  draining: z.boolean(),
  /** Of the queue; another one than the daemon's: it takes nothing of ours. Left out by a daemon of an older version. */
  protocol: z.number().optional(),
  /** Milliseconds since the epoch, by this machine's clock. Left out by a daemon of an older version. */
  since: z.number().optional(),
});
export type TeamWorker = z.infer<typeof teamWorkerSchema>;

const teamSchedulerSchema = z.object({
  host: z.string(),
  version: z.string(),
  protocol: z.number(),
});

/** Whoever does the tasks of runs beside this machine. */
export const teamStatusSchema = z.object({
  /** `lost`: Redis does not answer now; what is told beside it is what was known before. */
  redis: z.enum(['answers', 'lost']),
  namespace: z.string(),
  workers: z.array(teamWorkerSchema),
  /** Of all schedulers that share the namespace. */
  queued: z.object({ waiting: z.number(), running: z.number() }),
  /** Of the queue, as this daemon speaks it. Left out by a daemon of an older version, as the next one. */
  protocol: z.number().optional(),
  schedulers: z.array(teamSchedulerSchema).optional(),
});
export type TeamStatus = z.infer<typeof teamStatusSchema>;

/** What this machine shares with its team (`execution.share`). */
export const sharingStatusSchema = z.object({
  redis: z.enum(['answers', 'lost']),
  namespace: z.string(),
  what: z.array(z.string()),
  /** Of these providers it is a limit, too. */
  accounts: z.array(z.string()),
  /** Tokens of all machines that count together; left out where budgets are not shared. */
  used: z.object({ day: z.number(), month: z.number() }).optional(),
});
export type SharingStatus = z.infer<typeof sharingStatusSchema>;

export const statusSchema = healthSchema.extend({
  stateDir: z.string(),
  opencode: poolStatusSchema,
  tasks: z.object({
    running: z.number(),
    total: z.number(),
    routed: z.number(),
    failed: z.number(),
    /** Calls that went to Claude because something of ours failed. */
    failedOpen: z.number(),
  }),
  sessions: z.number(),
  /** Whether Claude Code shows its model requests to plugins; `null`: not known. Left out by an older daemon. */
  seesRequests: z.boolean().nullable().optional(),
  /** Left out by a daemon of an older version. */
  fallback: fallbackStatusSchema.optional(),
  /** Lead sessions that another model answers, or could; left out by a daemon of an older version. */
  rescues: z.array(rescueStandingSchema).optional(),
  /** Left out by a daemon of an older version. */
  resting: z.array(restingSchema).optional(),
  /** Left out where there is none (`execution.backend`). */
  team: teamStatusSchema.optional(),
  /** Left out where nothing is shared. */
  sharing: sharingStatusSchema.optional(),
  configProblems: z.array(z.object({ source: z.string(), message: z.string() })),
  recentProblems: z.array(problemSchema),
});
export type Status = z.infer<typeof statusSchema>;

export const providersSchema = z.object({
  connected: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      models: z.array(z.string()),
      /** Some of its models can be asked without OpenCode; left out by a daemon of an older version. */
      direct: z.boolean().optional(),
    }),
  ),
});
export type Providers = z.infer<typeof providersSchema>;

export const sessionStartSchema = z.object({
  /** A hook that runs in the background has nobody to tell anything. */
  via: z.enum(['mod', 'hook']).optional(),
  sessionId: z.string().max(256),
  directory: z.string().min(1).max(4096),
  /** Claude Code's process: the daemon stays up as long as it lives, and reads its `--plugin-dir` folders. */
  claudePid: z.number().int().positive().optional(),
  /** CLAUDE_CONFIG_DIR of the session, where it is set. */
  claudeDir: z.string().max(4096).optional(),
  /** CLAUDE_CODE_PLUGIN_DIRS of the session. */
  pluginDirsEnv: z.string().max(16384).optional(),
});
export type SessionStart = z.input<typeof sessionStartSchema>;
export type ParsedSessionStart = z.output<typeof sessionStartSchema>;

/** Get ready for prompts in this folder, and answer when it is so. */
export const warmSchema = z.object({ directory: z.string().min(1).max(4096) });

/** A call that went to Claude because the client could not use the daemon. */
export const failedOpenSchema = z.object({
  agent: z.string().max(512),
  reason: z.string().max(200),
  detail: z.string().max(2000).optional(),
  sessionId: z.string().max(256).optional(),
});
export type FailedOpen = z.input<typeof failedOpenSchema>;

export const shutdownSchema = z.object({ drain: z.boolean().default(true) });

/** Every error answer of the daemon. */
export const apiErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});
export type ApiError = z.infer<typeof apiErrorSchema>;
