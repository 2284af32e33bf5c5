// What has to be done in this state, at this moment, until nothing is left that can be done now?

import { dismissServer, stopDrained } from './dismiss-server.ts';
import { type PoolAction, type PoolStep, stay } from './pool-action.ts';
import type { PoolContext } from './pool-limits.ts';
import { listOwnIn, type PoolState } from './pool-state.ts';
import { probeServers, reachRemotes } from './probe-servers.ts';
import { growPool, recycleServers, shrinkPool } from './scale-pool.ts';
import { grantLeases, refuseAll, refuseHopeless, refuseLate, refuseOverflow } from './serve-waiters.ts';

/** Gives back the very state it got where there is nothing to do. */
type Rule = (state: PoolState, context: PoolContext) => PoolStep;

/**
 * The order matters:
 * - a server that is due takes no more tasks, so recycling comes before granting;
 * - a task that gets a server at once has never waited, so the load is judged after granting;
 * - nobody is refused before the pool has grown as far as it may.
 */
const RULES: readonly Rule[] = [
  refuseLate,
  reachRemotes,
  recycleServers,
  growPool,
  grantLeases,
  refuseHopeless,
  refuseOverflow,
  shrinkPool,
  stopDrained,
  probeServers,
];

const STOPPING_RULES: readonly Rule[] = [refuseStopping, dismissOwn, stopDrained, probeServers];

/**
 * A round for each server that starts or leaves, and not many more: whatever a rule does takes a waiter away or moves a
 * server along its drawing. Only limits that contradict themselves could go round for ever, and must not hang anybody.
 */
const MOST_ROUNDS = 1_000;

export function settlePool(start: PoolStep, context: PoolContext): PoolStep {
  const actions: PoolAction[] = [...start.actions];
  let { state } = start;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const step = goThroughRules(state, context);
    if (step.state === state) break;
    state = step.state;
    actions.push(...step.actions);
  }
  return { state, actions };
}

function goThroughRules(start: PoolState, context: PoolContext): PoolStep {
  const actions: PoolAction[] = [];
  let state = start;
  for (const rule of start.stopping ? STOPPING_RULES : RULES) {
    const step = rule(state, context);
    state = step.state;
    actions.push(...step.actions);
  }
  return { state, actions };
}

function refuseStopping(state: PoolState): PoolStep {
  return refuseAll(state, { reason: 'stopping' });
}

function dismissOwn(state: PoolState, { now }: PoolContext): PoolStep {
  const [next] = listOwnIn(state, 'starting', 'ready', 'failed', 'given-up');
  return next === undefined ? stay(state) : dismissServer(state, next, { why: 'stop', now });
}
