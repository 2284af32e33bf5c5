// Why will no server take a task, or this one, neither now nor soon? `null`: one will, as far as anybody can tell.

import { mayTake } from './may-take.ts';
import type { PoolContext } from './pool-limits.ts';
import { listOwn, type PoolState } from './pool-state.ts';
import type { Waiter } from './queue.ts';
import type { Server } from './server-state.ts';

/** For one that waits it is asked after the pool has grown: what could start for it has started. */
export function explainOutage(
  state: PoolState,
  context: PoolContext,
  waiter: Waiter | null = null,
): string | null {
  const cold = listOwn(state).length === 0;
  if (cold && context.limits.maxServers > 0) return null;
  const servers = state.servers.filter((server) => waiter === null || mayTake(server, waiter));
  const reasons = servers.map((server) => whyHopeless(server, context));
  return reasons.includes(null) ? null : (reasons.at(-1) ?? 'the pool may have no servers');
}

function whyHopeless({ kind, state }: Server, { limits, now }: PoolContext): string | null {
  switch (state.name) {
    case 'ready':
    case 'draining':
    case 'stopping':
      return null;
    // An own one that starts may be the last attempt, but it is one. A remote is asked for ever.
    case 'starting':
    case 'failed': {
      const { failures } = state;
      const silent = kind === 'remote' && failures !== null && failures.times >= limits.giveUpAfter;
      return silent ? failures.why : null;
    }
    case 'given-up':
      return now < state.since + limits.giveUpForMs ? state.failures.why : null;
  }
}
