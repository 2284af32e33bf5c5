// Pools and servers in one line each.

import { createPool, type PoolState } from '../../../src/core/pool/pool-state.ts';
import {
  type DrainWhy,
  drain,
  type Failures,
  readyState,
  type Server,
  type ServerIn,
  type StopWhy,
  startingState,
} from '../../../src/core/pool/server-state.ts';

export const NOW = 10_000_000;

/** `tasks`: how many are in flight. */
type Ready = Partial<Omit<ServerIn<'ready'>['state'], 'tasks'>> & { readonly tasks?: number };

export function aPool(servers: readonly Server[], rest: Partial<PoolState> = {}): PoolState {
  return { ...createPool(), servers, nextServer: servers.length + 1, ...rest };
}

export function ready(id: string, { tasks = 0, ...life }: Ready = {}): ServerIn<'ready'> {
  const inFlight = Array.from({ length: tasks }, (_, i) => `${id}-task-${i}`);
  return { ...own(id, 4096), state: { ...readyState(null, NOW), ...life, tasks: inFlight } };
}

export function remote(server: Server): Server {
  return { ...server, kind: 'remote', port: null };
}

export function draining(id: string, why: DrainWhy, life: Ready = {}): Server {
  return drain(ready(id, life), why);
}

export function starting(id: string, failures: Failures | null = null): Server {
  return { ...own(id), state: startingState(failures, NOW) };
}

export function stopping(id: string, why: StopWhy, failures: Failures | null = null): Server {
  return { ...own(id), state: { name: 'stopping', since: NOW, why, failures } };
}

export function failed(id: string, retryAt: number, times = 1): Server {
  return { ...own(id), state: { name: 'failed', failures: { times, why: 'it broke' }, retryAt } };
}

export function givenUp(id: string, since = NOW): Server {
  return { ...own(id), state: { name: 'given-up', failures: { times: 3, why: 'it always breaks' }, since } };
}

/** So many that wait, with time enough. */
export function waiters(count: number): PoolState['waiting'] {
  return Array.from({ length: count }, (_, i) => ({
    task: `waiter-${i}`,
    enqueuedAt: NOW,
    deadline: NOW + 600_000,
    prefers: null,
    remotes: [],
  }));
}

function own(id: string, port: number | null = null): { id: string; kind: 'own'; port: number | null } {
  return { id, kind: 'own', port };
}
