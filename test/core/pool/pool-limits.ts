import type { PoolLimits } from '../../../src/core/pool/pool-limits.ts';

/** Four sessions a server, so that a full one is quickly told; everything that recycles is off. */
export const LIMITS: PoolLimits = {
  minServers: 1,
  maxServers: 5,
  autoScale: true,
  sessionsPerServer: 4,
  scaleUpAt: 0.8,
  scaleDownBelow: 0.3,
  scaleDownAfterMs: 60_000,
  maxWaiting: 100,
  maxRssBytes: null,
  maxAgeMs: null,
  maxTasks: null,
  giveUpAfter: 3,
  giveUpForMs: 600_000,
  provenAfterMs: 30_000,
  restart: { baseMs: 1_000, factor: 2, capMs: 60_000 },
  probeEveryMs: 30_000,
  probeAgainMs: 5_000,
  maxProbesFailed: 3,
};
