// How many own servers should there be, for the load of this moment and for what was asked?

import { measureLoad } from './measure-load.ts';
import type { PoolLimits } from './pool-limits.ts';
import type { PoolState } from './pool-state.ts';
import { isIn } from './server-state.ts';

/** Never above the maximum; remotes carry their share. */
export function countWanted(state: PoolState, limits: PoolLimits): number {
  const { tasks, waiting } = measureLoad(state, limits);
  const remotes = state.servers.filter((server) => server.kind === 'remote' && isIn(server, 'ready'));
  const demand = serversFor(tasks + waiting, limits) - remotes.length;
  const floor = Math.max(limits.minServers, state.askedServers ?? 0);
  return Math.min(limits.maxServers, Math.max(floor, demand));
}

/** The fewest servers on which so many tasks stay below the mark for scaling up. Then nobody waits either. */
function serversFor(tasks: number, { autoScale, scaleUpAt, sessionsPerServer }: PoolLimits): number {
  if (tasks === 0) return 0;
  if (!autoScale) return 1;
  return Math.floor(tasks / (Math.min(1, scaleUpAt) * sessionsPerServer)) + 1;
}
