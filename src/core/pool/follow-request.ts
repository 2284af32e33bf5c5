// What does a person's request change at once?

import { pickSurplus } from './decide-scaling.ts';
import { dismissServer } from './dismiss-server.ts';
import type { PoolAction, PoolStep } from './pool-action.ts';
import type { PoolContext } from './pool-limits.ts';
import { type PoolState, removeServer, setServer } from './pool-state.ts';
import { isIn, type Server } from './server-state.ts';

/** One that does not run is forgotten with its failures: if it is needed, a new one starts without a rest. */
export function askRecycling(state: PoolState, asked: string | 'all'): PoolState {
  const own = state.servers.filter(({ id, kind }) => kind === 'own' && (asked === 'all' || asked === id));
  return own.reduce(askOne, state);
}

function askOne(state: PoolState, server: Server): PoolState {
  if (isIn(server, 'failed', 'given-up')) return removeServer(state, server.id);
  if (!isIn(server, 'ready')) return state;
  return setServer(state, { ...server, state: { ...server.state, recycleAsked: true } });
}

/** What is asked for is the new minimum, within the limits. A person sees the surplus leave at once, not one by one. */
export function askScale(state: PoolState, servers: number, context: PoolContext): PoolStep {
  return shedSurplus({ ...state, askedServers: servers }, context);
}

function shedSurplus(start: PoolState, context: PoolContext): PoolStep {
  const actions: PoolAction[] = [];
  let state = start;
  for (let next = pickSurplus(state, context); next !== null; next = pickSurplus(state, context)) {
    const step = dismissServer(state, next, { why: 'scale-down', now: context.now });
    state = step.state;
    actions.push(...step.actions);
  }
  return { state, actions };
}
