// Carries out, as values, what decide-scaling and decide-recycling say.

import { decideRecycling } from './decide-recycling.ts';
import { decideGrowth, isLow, pickSurplus } from './decide-scaling.ts';
import { dismissServer } from './dismiss-server.ts';
import { type PoolAction, type PoolStep, stay } from './pool-action.ts';
import type { PoolContext } from './pool-limits.ts';
import { addServer, type PoolState, setServer } from './pool-state.ts';
import { revive, startingState } from './server-state.ts';

export function growPool(state: PoolState, context: PoolContext): PoolStep {
  const growth = decideGrowth(state, context);
  switch (growth.kind) {
    case 'enough':
      return stay(state);
    case 'revive':
      return stay(setServer(state, revive(growth.server)));
    case 'restart': {
      const { server } = growth;
      const starting = startingState(server.state.failures, context.now);
      return { state: setServer(state, { ...server, state: starting }), actions: [start(server.id)] };
    }
    case 'start': {
      const id = `server-${state.nextServer}`;
      return { state: addServer(state, id, startingState(null, context.now)), actions: [start(id)] };
    }
  }
}

export function recycleServers(state: PoolState, context: PoolContext): PoolStep {
  const due = decideRecycling(state, context);
  return due === null ? stay(state) : dismissServer(state, due.server, { why: due.why, now: context.now });
}

/** One at a time, each after the load has been low for the full time. */
export function shrinkPool(state: PoolState, context: PoolContext): PoolStep {
  const { limits, now } = context;
  if (!isLow(state, limits)) return stay(state.lowSince === null ? state : { ...state, lowSince: null });
  if (state.lowSince === null) return stay({ ...state, lowSince: now });
  if (now - state.lowSince < limits.scaleDownAfterMs) return stay(state);
  const surplus = pickSurplus(state, context);
  if (surplus === null) return stay(state);
  return dismissServer({ ...state, lowSince: now }, surplus, { why: 'scale-down', now });
}

function start(server: string): PoolAction {
  return { type: 'start-server', server };
}
