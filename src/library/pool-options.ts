export type OpenCodeServerPoolOptions = {
  /** Servers that are always kept; 0: none until one is used. Default 1. */
  readonly minServers?: number;
  /** Default 5; each takes half a gigabyte. */
  readonly maxServers?: number;
  /** First port that is tried; taken ones are skipped. Default 4096. */
  readonly basePort?: number;
  readonly autoScale?: boolean;
  readonly sessionsPerServer?: number;
  /** The OpenCode program: a name on PATH, or a path. */
  readonly command?: string;
  readonly env?: NodeJS.ProcessEnv;
};

/** How a pool is doing. */
export type PoolReport = {
  /** Tasks without a server. */
  readonly waiting: number;
  /** Why nothing will be served; `null` where something will. */
  readonly outage: string | null;
  readonly servers: readonly ServerReport[];
};

export type ServerReport = {
  readonly id: string;
  readonly port: number | null;
  readonly pid: number | null;
  readonly state: 'starting' | 'ready' | 'draining' | 'stopping' | 'failed' | 'given-up';
  readonly tasksRunning: number;
  readonly tasksDone: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | null;
  readonly rssBytes: number | null;
  readonly lastError: string | null;
};
