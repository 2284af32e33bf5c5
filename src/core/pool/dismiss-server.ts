// How does a server leave? No task is cut: one that works drains first.

import { type PoolStep, stay } from './pool-action.ts';
import { listOwnIn, type PoolState, removeServer, setServer } from './pool-state.ts';
import { type DrainWhy, drain, isIn, type Server, type ServerIn } from './server-state.ts';

type Leaving = { readonly why: DrainWhy; readonly now: number };

/** Whoever is not on its way out yet. */
export type Dismissible = ServerIn<'starting' | 'ready' | 'failed' | 'given-up'>;

export function dismissServer(state: PoolState, server: Dismissible, leaving: Leaving): PoolStep {
  if (isIn(server, 'ready')) return stay(setServer(state, drain(server, leaving.why)));
  if (isIn(server, 'starting')) return stopServer(state, server, leaving);
  return stay(removeServer(state, server.id));
}

export function stopDrained(state: PoolState, { now }: { readonly now: number }): PoolStep {
  const idle = listOwnIn(state, 'draining').find((server) => server.state.tasks.length === 0);
  return idle === undefined ? stay(state) : stopServer(state, idle, { why: idle.state.why, now });
}

function stopServer(state: PoolState, server: Server, { why, now }: Leaving): PoolStep {
  const stopping = { ...server, state: { name: 'stopping', since: now, why, failures: null } as const };
  return {
    state: setServer(state, stopping),
    actions: [{ type: 'stop-server', server: server.id, why }],
  };
}
