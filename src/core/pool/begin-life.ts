import { type PoolState, setServer } from './pool-state.ts';
import { isIn, readyState, type Server } from './server-state.ts';

/** One that is to stop already stays so: its end is on the way. */
export function beginLife(
  state: PoolState,
  server: Server,
  { port, now }: { readonly port: number | null; readonly now: number },
): PoolState {
  if (!isIn(server, 'starting')) return state;
  return setServer(state, { ...server, port, state: readyState(server.state.failures, now) });
}
