// How many own servers should there be, for the load of this moment and for what was asked?

import { mayTake } from './may-take.ts';
import { measureLoad } from './measure-load.ts';
import type { PoolLimits } from './pool-limits.ts';
import { listOwnIn, type PoolState } from './pool-state.ts';
import { isIn } from './server-state.ts';

/** Never above the maximum; remotes carry their share. */
export function countWanted(state: PoolState, limits: PoolLimits): number {
  const floor = Math.max(limits.minServers, state.askedServers ?? 0);
  return Math.min(limits.maxServers, Math.max(floor, countShare(state, limits), countBound(state, limits)));
}

/** For all the work there is, less what remotes may carry. */
function countShare(state: PoolState, limits: PoolLimits): number {
  const { tasks, waiting } = measureLoad(state, limits);
  return serversFor(tasks + waiting, limits) - readyRemotes(state).length;
}

/** For those that wait and that no remote can help. */
function countBound(state: PoolState, limits: PoolLimits): number {
  const remotes = readyRemotes(state);
  const bound = state.waiting.filter((waiter) => !remotes.some((remote) => mayTake(remote, waiter)));
  if (bound.length === 0) return 0;
  const tasks = listOwnIn(state, 'ready').reduce((sum, server) => sum + server.state.tasks.length, 0);
  return serversFor(tasks + bound.length, limits);
}

function readyRemotes({ servers }: PoolState) {
  return servers.filter((server) => server.kind === 'remote' && isIn(server, 'ready'));
}

/** The fewest servers on which so many tasks stay below the mark for scaling up. Then nobody waits either. */
function serversFor(tasks: number, { autoScale, scaleUpAt, sessionsPerServer }: PoolLimits): number {
  if (tasks === 0) return 0;
  if (!autoScale) return 1;
  return Math.floor(tasks / (Math.min(1, scaleUpAt) * sessionsPerServer)) + 1;
}
