// What was recorded of the providers, in the seed's shape.

import type { Circuits } from '../circuit/circuit-state.ts';
import { mayTry } from '../circuit/may-try.ts';
import { type Arm, agedWeight } from './arm.ts';
import type { Provider } from './provider-settings.ts';
import type { Strategy } from './strategy.ts';

export type ProviderStats = {
  readonly enabled: boolean;
  readonly priority: number | null;
  readonly weight: number;
  /** What is left of the weight after errors; time restores it. */
  readonly effectiveWeight: number;
  /** Recorded answers and errors. */
  readonly requestCount: number;
  readonly errorCount: number;
  /** Percent of the requests; 0 without any. */
  readonly errorRate: number;
  /** Milliseconds, as a moving average; `null`: none recorded. */
  readonly latencyAvg: number | null;
  readonly latencySamples: number;
  readonly usageTokens: number;
  /** Until when it rests after errors, as epoch milliseconds; `null`: it does not. */
  readonly restsUntil: number | null;
};

export type BalancerStats = {
  readonly providers: Readonly<Record<string, ProviderStats>>;
  readonly summary: {
    readonly defaultStrategy: Strategy;
    readonly totalRequests: number;
    readonly totalErrors: number;
    readonly errorRate: number;
    readonly totalTokens: number;
    /** Those that may be chosen now. */
    readonly available: readonly string[];
    /** Records that named no provider of this balancer, or no amount that can be. */
    readonly ignoredRecords: number;
  };
};

type Recorded = {
  readonly providers: readonly Provider[];
  readonly arms: readonly Arm[];
  readonly circuits: Circuits;
  readonly defaultStrategy: Strategy;
  readonly ignoredRecords: number;
};

export function summariseProviders(recorded: Recorded, now: number): BalancerStats {
  const { providers, arms, circuits, defaultStrategy, ignoredRecords } = recorded;
  const stats = providers.flatMap((provider) => {
    const arm = arms.find(({ name }) => name === provider.name);
    return arm === undefined ? [] : [[provider.name, statsOf(provider, arm, { circuits, now })] as const];
  });
  const sum = (figure: (of: ProviderStats) => number) => stats.reduce((sum, [, of]) => sum + figure(of), 0);
  const totalRequests = sum((of) => of.requestCount);
  const totalErrors = sum((of) => of.errorCount);
  const available = stats.filter(([, of]) => of.enabled && of.restsUntil === null).map(([name]) => name);
  return {
    providers: Object.fromEntries(stats),
    summary: {
      defaultStrategy,
      totalRequests,
      totalErrors,
      errorRate: percentOf(totalErrors, totalRequests),
      totalTokens: sum((of) => of.usageTokens),
      available,
      ignoredRecords,
    },
  };
}

type At = { readonly circuits: Circuits; readonly now: number };

function statsOf(
  { name, enabled, priority, weight }: Provider,
  arm: Arm,
  { circuits, now }: At,
): ProviderStats {
  const requestCount = arm.answers + arm.errors;
  const leave = mayTry(circuits, name, now);
  return {
    enabled,
    priority,
    weight,
    effectiveWeight: agedWeight(arm, now),
    requestCount,
    errorCount: arm.errors,
    errorRate: percentOf(arm.errors, requestCount),
    latencyAvg: arm.latencySamples > 0 ? arm.latencyMs : null,
    latencySamples: arm.latencySamples,
    usageTokens: arm.tokens,
    restsUntil: leave.may ? null : leave.until,
  };
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}
