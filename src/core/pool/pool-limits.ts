import type { BackoffLimits } from '../backoff.ts';

/** What a person may set; never part of the state, so a changed setting holds from the next step on. */
export type PoolLimits = {
  /** Own servers; 0: none until one is used. Remotes come on top of both. */
  readonly minServers: number;
  readonly maxServers: number;
  /** Off: the minimum, or as many as were asked for. */
  readonly autoScale: boolean;
  readonly sessionsPerServer: number;
  /** Shares of the capacity, 0 to 1. */
  readonly scaleUpAt: number;
  readonly scaleDownBelow: number;
  readonly scaleDownAfterMs: number;
  readonly maxWaiting: number;
  readonly maxRssBytes: number | null;
  readonly maxAgeMs: number | null;
  readonly maxTasks: number | null;
  /** Failures in a row after which a server is given up, and for how long. */
  readonly giveUpAfter: number;
  readonly giveUpForMs: number;
  /** A server that lived so long, or ended a task, has proved itself: its failures before that are forgotten. */
  readonly provenAfterMs: number;
  readonly restart: BackoffLimits;
  readonly probeEveryMs: number;
  /** For a server that is doubted. */
  readonly probeAgainMs: number;
  /** Probes in a row without an answer that make a server a failed one. */
  readonly maxProbesFailed: number;
};

/** When a decision is made, and under which limits. */
export type PoolContext = { readonly limits: PoolLimits; readonly now: number };
