// The sums over a span of time, in the seed's shape; `usage` is added to it.

import type { TokenUsage } from '../delegation/engine.ts';

export type ProviderUsage = TokenUsage & { readonly costUsd: number };

export type Metrics = {
  readonly routing: {
    readonly total: number;
    readonly byProvider: Readonly<Record<string, number>>;
    readonly byAgent: Readonly<Record<string, number>>;
  };
  /** Of routed tasks that have ended; `totalDuration` in milliseconds. */
  readonly performance: {
    readonly totalDuration: number;
    readonly count: number;
    readonly successes: number;
    readonly failures: number;
  };
  readonly cache: { readonly hits: number; readonly misses: number };
  /** By provider, as reported. */
  readonly usage: Readonly<Record<string, ProviderUsage>>;
};

/** `start` in milliseconds since the epoch. */
export type Bucket = Metrics & { readonly start: number };
