import type { PoolState } from './pool-state.ts';
import type { StopWhy } from './server-state.ts';

export type Refusal =
  | { readonly reason: 'queue-full' | 'deadline' | 'stopping' }
  | { readonly reason: 'no-server'; readonly why: string };

/** What is to be done now, in this order. */
export type PoolAction =
  | { readonly type: 'grant-lease'; readonly task: string; readonly server: string }
  | ({ readonly type: 'refuse-task'; readonly task: string } & Refusal)
  | { readonly type: 'start-server'; readonly server: string }
  | { readonly type: 'stop-server'; readonly server: string; readonly why: StopWhy }
  /** Its server is gone, and the lease with it. */
  | { readonly type: 'mark-task-lost'; readonly task: string; readonly server: string }
  | { readonly type: 'probe-server'; readonly server: string };

export type PoolStep = { readonly state: PoolState; readonly actions: readonly PoolAction[] };

export function stay(state: PoolState): PoolStep {
  return { state, actions: [] };
}
