import type { Queue } from './queue.ts';
import { isIn, type Server, type ServerIn, type ServerState, type StateName } from './server-state.ts';

/** All that the pool knows: plain values that survive a trip through JSON. */
export type PoolState = {
  /** In the order in which they came; round-robin goes along it. */
  readonly servers: readonly Server[];
  readonly waiting: Queue;
  /** The server whose turn it was last. */
  readonly cursor: string | null;
  /** Since when the utilisation has been below the low mark. */
  readonly lowSince: number | null;
  /** As many as a person asked for, in place of the minimum. */
  readonly askedServers: number | null;
  /** The number of the next own server. */
  readonly nextServer: number;
  readonly stopping: boolean;
};

export function createPool(remotes: readonly string[] = []): PoolState {
  return {
    servers: remotes.map(unknownRemote),
    waiting: [],
    cursor: null,
    lowSince: null,
    askedServers: null,
    nextServer: 1,
    stopping: false,
  };
}

/** It counts as failed, and due, until a probe has found it. */
function unknownRemote(id: string): Server {
  const failures = { times: 0, why: 'not reached yet' };
  return { id, kind: 'remote', port: null, state: { name: 'failed', failures, retryAt: 0 } };
}

export function findServer(state: PoolState, id: string): Server | null {
  return state.servers.find((server) => server.id === id) ?? null;
}

export function listOwn(state: PoolState): readonly Server[] {
  return state.servers.filter(({ kind }) => kind === 'own');
}

export function listOwnIn<N extends StateName>(
  state: PoolState,
  ...names: readonly N[]
): readonly ServerIn<N>[] {
  return listOwn(state).filter((server) => isIn(server, ...names));
}

export function addServer(state: PoolState, id: string, starting: ServerState): PoolState {
  const server: Server = { id, kind: 'own', port: null, state: starting };
  return { ...state, servers: [...state.servers, server], nextServer: state.nextServer + 1 };
}

export function setServer(state: PoolState, changed: Server): PoolState {
  return { ...state, servers: state.servers.map((server) => (server.id === changed.id ? changed : server)) };
}

/** The cursor steps back to the one before, so that the turn goes to the one after. */
export function removeServer(state: PoolState, id: string): PoolState {
  const at = state.servers.findIndex((server) => server.id === id);
  const servers = state.servers.filter((server) => server.id !== id);
  if (state.cursor !== id) return { ...state, servers };
  return { ...state, servers, cursor: servers.at(at - 1)?.id ?? null };
}
