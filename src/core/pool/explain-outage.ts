// Why will no server take a task, neither now nor soon? `null`: one will, as far as anybody can tell.

import type { PoolContext } from './pool-limits.ts';
import type { PoolState } from './pool-state.ts';
import { isIn, type Server } from './server-state.ts';

/** Asked after the pool has grown as far as it may: with nothing there, nothing is going to come. */
export function explainOutage(state: PoolState, context: PoolContext): string | null {
  const reasons = state.servers.map((server) => whyHopeless(server, context));
  if (reasons.includes(null)) return null;
  return reasons.at(-1) ?? 'the pool has no servers';
}

function whyHopeless({ kind, state }: Server, { limits }: PoolContext): string | null {
  ...
}
