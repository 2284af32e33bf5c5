// Which server takes this task?

import { findServer, type PoolState } from './pool-state.ts';
import { isIn, type Server, type ServerIn } from './server-state.ts';

/** The one it prefers if that is free, else the next free one in turn; `null`: it has to wait. */
export function pickServer(
  state: PoolState,
  prefers: string | null,
  sessionsPerServer: number,
): ServerIn<'ready'> | null {
  const isFree = (server: Server): server is ServerIn<'ready'> =>
    isIn(server, 'ready') && !server.state.isDoubted && server.state.tasks.length < sessionsPerServer;
  const preferred = prefers === null ? null : findServer(state, prefers);
  if (preferred !== null && isFree(preferred)) return preferred;
  const turn = state.servers.findIndex(({ id }) => id === state.cursor) + 1;
  return state.servers.slice(turn).find(isFree) ?? state.servers.slice(0, turn).find(isFree) ?? null;
}
