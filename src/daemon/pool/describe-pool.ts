import type { PoolContext } from '../../core/pool/pool-limits.ts';
import type { PoolState } from '../../core/pool/pool-state.ts';
import { type ServerSummary, summarisePool } from '../../core/pool/summarise-pool.ts';
import type { PoolStatus, ServerStatus } from '../../protocol/status.ts';

/** What the core has no need to know. */
export type ServerFacts = {
  readonly pidOf: (place: string) => number | null;
  /** `null` for a server of ours. */
  readonly urlOf: (place: string) => string | null;
};

export function describePool(state: PoolState, context: PoolContext, facts: ServerFacts): PoolStatus {
  const { minServers, maxServers, sessionsPerServer } = context.limits;
  const { servers, outage } = summarisePool(state, context);
  return {
    minServers: state.askedServers ?? minServers,
    maxServers,
    sessionsPerServer,
    waiting: state.waiting.length,
    outage,
    servers: servers.map((server) => describeServer(server, facts, context.now)),
  };
}

function describeServer(
  { ageMs, retryInMs, why, ...server }: ServerSummary,
  { pidOf, urlOf }: ServerFacts,
  now: number,
): ServerStatus {
  return {
    ...server,
    url: urlOf(server.id),
    pid: pidOf(server.id),
    startedAt: ageMs === null ? null : now - ageMs,
  };
}
