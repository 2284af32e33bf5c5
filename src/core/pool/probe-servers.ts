// Who is to be asked now whether it is alive?

import { type PoolAction, type PoolStep, stay } from './pool-action.ts';
import type { PoolContext, PoolLimits } from './pool-limits.ts';
import { type PoolState, setServer } from './pool-state.ts';
import { isIn, type Life, type Server, type ServerIn, startingState } from './server-state.ts';

/** A server that is asked at every moment would be asked without end. */
export function nextProbeAt({ probedAt, isDoubted }: Life, limits: PoolLimits): number {
  return probedAt + intervalOf(isDoubted, limits);
}

export function probeServers(state: PoolState, { limits, now }: PoolContext): PoolStep {
  const isDue = (server: Server): server is ServerIn<'ready' | 'draining'> =>
    isIn(server, 'ready', 'draining') && now >= nextProbeAt(server.state, limits);
  const asked = (server: Server) =>
    isDue(server) ? { ...server, state: { ...server.state, probedAt: now } } : server;
  return probe(state, state.servers.filter(isDue), asked);
}

/** Whoever is suspected is asked now, and not when its turn comes. */
export function suspectServer(state: PoolState, server: Server, { limits, now }: PoolContext): PoolState {
  if (!isIn(server, 'ready', 'draining')) return state;
  const doubt = { isDoubted: true, probedAt: now - intervalOf(true, limits) };
  return setServer(state, { ...server, state: { ...server.state, ...doubt } });
}

/** What ends one server may be ending the others, and the end of each is noticed at another moment. */
export function suspectOthers(state: PoolState, lost: Server, context: PoolContext): PoolState {
  const others = state.servers.filter(({ id, kind }) => kind === 'own' && id !== lost.id);
  return others.reduce((next, server) => suspectServer(next, server, context), state);
}

function intervalOf(isDoubted: boolean, { probeEveryMs, probeAgainMs }: PoolLimits): number {
  return Math.max(1, isDoubted ? Math.min(probeAgainMs, probeEveryMs) : probeEveryMs);
}

/** For a remote the probe is what the start is for a server of ours. */
export function reachRemotes(state: PoolState, { now }: PoolContext): PoolStep {
  const isDue = (server: Server): server is ServerIn<'failed'> =>
    server.kind === 'remote' && isIn(server, 'failed') && now >= server.state.retryAt;
  const asked = (server: Server) =>
    isDue(server) ? { ...server, state: startingState(server.state.failures, now) } : server;
  return probe(state, state.servers.filter(isDue), asked);
}

function probe(state: PoolState, due: readonly Server[], asked: (server: Server) => Server): PoolStep {
  if (due.length === 0) return stay(state);
  const actions = due.map(({ id }): PoolAction => ({ type: 'probe-server', server: id }));
  return { state: { ...state, servers: state.servers.map(asked) }, actions };
}
