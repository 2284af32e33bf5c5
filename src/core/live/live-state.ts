// What somebody who looks on sees: the last of everything that happened, and how things stand. Plain data: it is sent
// whole to whoever comes new, and in changes to whoever is there already.
import type { RescueStanding } from '../native-tools/rescue-standing.ts';
import type { Band } from '../savings/task-savings.ts';
import type { TaskEnd } from '../scheduling/run-state.ts';

export type LiveState = {
  readonly limits: LiveLimits;
  /** In the order in which they began, the newest last; so are all lists here. */
  readonly tasks: readonly LiveTask[];
  readonly runs: readonly LiveRun[];
  readonly decisions: readonly LiveDecision[];
  readonly problems: readonly LiveProblem[];
  readonly levels: LiveLevels;
};

/** How much is kept of what grows. */
export type LiveLimits = {
  readonly tasks: number;
  readonly runs: number;
  readonly decisions: number;
  readonly problems: number;
  /** Of a task's stream, its end. */
  readonly textChars: number;
};

export type LiveTask = {
  readonly id: string;
  readonly agent: string;
  /** `provider/model`. */
  readonly target: string;
  /** Who has it; `null`: this machine. */
  readonly worker: string | null;
  readonly sessionId: string | null;
  readonly runId: string | null;
  readonly directory: string;
  /** The beginning of it, as one line. */
  readonly prompt: string;
  readonly state: TaskStanding;
  /** Milliseconds since the epoch, here and below. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** What it did last, such as a tool and its file. */
  readonly activity: string;
  /** The end of what it has said. */
  readonly text: string;
  /** So far, while it runs; `null` until a step of it has ended. */
  readonly tokens: number | null;
  readonly failure: string | null;
  /** Where Claude Code's own tools do the work, only Claude Code can stop it. */
  readonly canCancel: boolean;
};

export type TaskStanding = 'running' | 'done' | 'failed';

export type LiveRun = {
  readonly id: string;
  readonly directory: string;
  readonly startedAt: number;
  readonly tasks: readonly LiveRunTask[];
};

export type LiveRunTask = {
  readonly id: string;
  readonly agent: string;
  readonly dependsOn: readonly string[];
  readonly state: RunTaskStanding;
  readonly model: string | null;
  /** Who has it, or had it last; `null`: this machine. */
  readonly worker: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** Why it was not done: a code. */
  readonly why: string | null;
};

export type RunTaskStanding = 'waiting' | 'running' | TaskEnd['outcome'];

/** One line of the routing log. */
export type LiveDecision = {
  readonly at: number;
  readonly requestId: string;
  readonly agent: string;
  readonly sessionId: string | null;
  readonly decision: 'route' | 'native' | 'block';
  readonly reason: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly durationMs: number;
  /** The steps that had something to say; empty where it is a line about what became of a decision. */
  readonly steps: readonly LiveStep[];
};

/** `route` is `null` where it has not decided by itself. */
export type LiveStep = { readonly step: string; readonly said: string; readonly route: boolean | null };

export type LiveProblem = { readonly at: number; readonly code: string; readonly message: string };

/** What has a present and no history; each is replaced as a whole. `null`: not read yet. */
export type LiveLevels = {
  readonly daemon: LiveDaemon | null;
  readonly pool: LivePool | null;
  readonly quota: LiveQuota | null;
  readonly savings: readonly LiveDay[] | null;
  readonly team: LiveTeam | null;
  /** Lead sessions that another model answers in Claude's place, or could. */
  readonly rescues: readonly RescueStanding[] | null;
};

export type LiveDaemon = {
  readonly pid: number;
  readonly version: string;
  readonly startedAt: number;
  readonly draining: boolean;
  /** `off`: nothing is routed. */
  readonly mode: string;
  readonly sessions: number;
  readonly calls: number;
  readonly routed: number;
  readonly failed: number;
  readonly failedOpen: number;
};

export type LivePool = {
  readonly waiting: number;
  readonly outage: string | null;
  readonly sessionsPerServer: number;
  readonly servers: readonly LiveServer[];
};

export type LiveServer = {
  readonly id: string;
  readonly port: number | null;
  readonly url: string | null;
  readonly pid: number | null;
  readonly state: string;
  readonly tasksRunning: number;
  readonly tasksDone: number;
  readonly startedAt: number | null;
  readonly rssBytes: number | null;
  readonly lastError: string | null;
};

export type LiveQuota = {
  readonly fallback: boolean;
  readonly reason: string | null;
  readonly threshold: number;
  readonly warnAt: number;
  readonly windows: readonly LiveWindow[];
};

export type LiveWindow = {
  readonly window: 'fiveHour' | 'weekly';
  readonly percent: number;
  readonly resetsAt: number | null;
  /** Where it would stand at its reset if things went on like this; `null`: too little is known. */
  readonly percentAtReset: number | null;
};

/** Whoever does the tasks of runs. `alone`: this machine, and nobody else. */
export type LiveTeam =
  | { readonly kind: 'alone' }
  | {
      readonly kind: 'team';
      readonly namespace: string;
      readonly redisAnswers: boolean;
      /** In the queues of all schedulers together. */
      readonly waiting: number;
      readonly running: number;
      readonly workers: readonly LiveWorker[];
    };

export type LiveWorker = {
  readonly id: string;
  readonly version: string;
  readonly providers: readonly string[];
  readonly tags: readonly string[];
  readonly running: number;
  readonly concurrency: number;
  readonly done: number;
  readonly since: number | null;
  /** `stranger`: it speaks another protocol, and is given nothing. */
  readonly state: 'working' | 'draining' | 'stranger';
};

/** `day` by the clock on the user's wall: 2026-01-28. */
export type LiveDay = {
  readonly day: string;
  readonly tasks: number;
  readonly savedTokens: Band;
  readonly spentTokens: number;
};

const NO_LEVELS: LiveLevels = {
  daemon: null,
  pool: null,
  quota: null,
  savings: null,
  rescues: null,
  team: null,
};

export function beginLive(limits: LiveLimits): LiveState {
  return { limits, tasks: [], runs: [], decisions: [], problems: [], levels: NO_LEVELS };
}
