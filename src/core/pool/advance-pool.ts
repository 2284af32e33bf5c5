import { applyEvent } from './apply-event.ts';
import type { PoolStep } from './pool-action.ts';
import type { PoolEvent } from './pool-event.ts';
import type { PoolContext } from './pool-limits.ts';
import type { PoolState } from './pool-state.ts';
import { settlePool } from './settle-pool.ts';

/** The pool after an event, and what is to be done about it, in this order. */
export function advancePool(state: PoolState, event: PoolEvent, context: PoolContext): PoolStep {
  return settlePool(applyEvent(state, event, context), context);
}
