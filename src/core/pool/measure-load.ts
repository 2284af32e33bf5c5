import type { PoolLimits } from './pool-limits.ts';
import type { PoolState } from './pool-state.ts';
import { isIn } from './server-state.ts';

export type PoolLoad = {
  /** In flight on servers that are ready. */
  readonly tasks: number;
  readonly waiting: number;
  /** Of the servers that are ready. */
  readonly capacity: number;
  /** Tasks in flight by capacity, 0 to 1. */
  readonly utilisation: number;
};

export function measureLoad(state: PoolState, { sessionsPerServer }: PoolLimits): PoolLoad {
  const ready = state.servers.filter((server) => isIn(server, 'ready'));
  const tasks = ready.reduce((sum, server) => sum + server.state.tasks.length, 0);
  const capacity = ready.length * sessionsPerServer;
  return {
    tasks,
    waiting: state.waiting.length,
    capacity,
    utilisation: capacity === 0 ? 0 : tasks / capacity,
  };
}
