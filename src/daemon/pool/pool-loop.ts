/**
 * Keeps the pool's state: what happens becomes an event, the core says what to do, and it is done.
 *
 *   observe ─▶ advancePool (core) ─▶ act ─▶ what comes of it is observed again
 */
import { advancePool } from '../../core/pool/advance-pool.ts';
import { nextWake } from '../../core/pool/next-wake.ts';
import type { PoolAction } from '../../core/pool/pool-action.ts';
import type { PoolEvent } from '../../core/pool/pool-event.ts';
import type { PoolContext, PoolLimits } from '../../core/pool/pool-limits.ts';
import { createPool, type PoolState } from '../../core/pool/pool-state.ts';

export type PoolLoop = {
  observe(event: PoolEvent): void;
  state(): PoolState;
  context(): PoolContext;
  /** Time alone wakes nobody any more; events still count. */
  rest(): void;
};

export type LoopOptions = {
  /** The places of remotes. */
  readonly remotes: readonly string[];
  readonly limits: () => PoolLimits;
  readonly now: () => number;
  readonly act: (action: PoolAction) => void;
  /** After each event, when its actions have begun. */
  readonly onStep: (state: PoolState) => void;
};

/** A clock that is set, and a laptop that sleeps, are noticed after this time at the latest. */
const LONGEST_SLEEP_MS = 60_000;

export function createPoolLoop({ remotes, limits, now, act, onStep }: LoopOptions): PoolLoop {
  let state = createPool(remotes);
  let alarm: NodeJS.Timeout | null = null;
  let rests = false;

  const context = (): PoolContext => ({ limits: limits(), now: now() });

  /**
   * One timer, for the next moment in which the passing of time alone has something to be done. What fell due since
   * the pool was last looked at is still ahead: nobody has seen to it.
   */
  const wakeWhenDue = (context: PoolContext): void => {
    if (alarm !== null) clearTimeout(alarm);
    const due = rests ? null : nextWake(state, context.limits, context.now);
    if (due === null) return;
    const inMs = Math.min(Math.max(due - now(), 1), LONGEST_SLEEP_MS);
    alarm = setTimeout(() => observe({ type: 'tick' }), inMs).unref();
  };

  const observe = (event: PoolEvent): void => {
    const seen = context();
    const step = advancePool(state, event, seen);
    state = step.state;
    for (const action of step.actions) act(action);
    onStep(state);
    wakeWhenDue(seen);
  };

  return {
    observe,
    state: () => state,
    context,
    rest: () => {
      rests = true;
      if (alarm !== null) clearTimeout(alarm);
    },
  };
}
