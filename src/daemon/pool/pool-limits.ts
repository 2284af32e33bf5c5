import type { Config } from '../../core/config/schema.ts';
import type { PoolLimits } from '../../core/pool/pool-limits.ts';

const MEGABYTE = 1024 * 1024;
const HOUR_MS = 3_600_000;

/** The user's settings, and the rules that are the same for everybody. */
export function poolLimits({ pool }: Config): PoolLimits {
  const { minServers, maxServers, autoScale, sessionsPerServer, maxWaiting, maxTasks } = pool;
  return {
    minServers: Math.min(minServers, maxServers),
    maxServers,
    autoScale,
    sessionsPerServer,
    maxWaiting,
    maxTasks,
    maxRssBytes: pool.maxMemoryMb * MEGABYTE,
    maxAgeMs: pool.maxAgeHours * HOUR_MS,
    scaleUpAt: 0.8,
    scaleDownBelow: 0.3,
    scaleDownAfterMs: 60_000,
    giveUpAfter: 5,
    giveUpForMs: 300_000,
    provenAfterMs: 60_000,
    restart: { baseMs: 1_000, factor: 2, capMs: 60_000 },
    probeEveryMs: 30_000,
    probeAgainMs: 5_000,
    maxProbesFailed: 3,
  };
}
