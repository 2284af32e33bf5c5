import type { PoolContext } from '../core/pool/pool-limits.ts';
import type { PoolState } from '../core/pool/pool-state.ts';
import { type ServerSummary, summarisePool } from '../core/pool/summarise-pool.ts';
import type { PoolStatus, ServerStatus } from '../protocol/status.ts';

export function describePool(
  state: PoolState,
  context: PoolContext,
  pidOf: (place: string) => number | null,
): PoolStatus {
  const { minServers, maxServers, sessionsPerServer } = context.limits;
  const { servers, outage } = summarisePool(state, context);
  return {
    minServers: state.askedServers ?? minServers,
    maxServers,
    sessionsPerServer,
    waiting: state.waiting.length,
    outage,
    servers: servers.map((server) => describeServer(server, pidOf(server.id), context.now)),
  };
}

function describeServer(
  { ageMs, retryInMs, why, ...server }: ServerSummary,
  pid: number | null,
  now: number,
): ServerStatus {
  return { ...server, pid, startedAt: ageMs === null ? null : now - ageMs };
}
