import type { PoolLimits } from '../core/pool/pool-limits.ts';
import type { PoolState } from '../core/pool/pool-state.ts';
import type { Server } from '../core/pool/server-state.ts';
import type { PoolStatus, ServerStatus } from '../protocol/status.ts';

export function describePool(
  state: PoolState,
  { minServers, maxServers, sessionsPerServer }: PoolLimits,
  pidOf: (place: string) => number | null,
): PoolStatus {
  return {
    minServers: state.askedServers ?? minServers,
    maxServers,
    sessionsPerServer,
    waiting: state.waiting.length,
    servers: state.servers.map((server) => describeServer(server, pidOf(server.id))),
  };
}

function describeServer({ id, kind, port, state }: Server, pid: number | null): ServerStatus {
  const lives = state.name === 'ready' || state.name === 'draining';
  return {
    id,
    kind,
    port,
    pid,
    state: state.name,
    tasksRunning: lives ? state.tasks.length : 0,
    tasksDone: lives ? state.tasksDone : 0,
    startedAt: lives ? state.startedAt : null,
    rssBytes: lives ? state.rssBytes : null,
    lastError: 'failures' in state ? (state.failures?.why ?? null) : null,
  };
}
