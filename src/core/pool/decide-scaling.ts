// Is there a server too few, or one too many? One answer at a time; it is asked again after each is carried out.

import { countWanted } from './count-wanted.ts';
import { listDue } from './decide-recycling.ts';
import type { Dismissible } from './dismiss-server.ts';
import { measureLoad } from './measure-load.ts';
import type { PoolContext, PoolLimits } from './pool-limits.ts';
import { listOwn, listOwnIn, type PoolState } from './pool-state.ts';
import type { ServerIn } from './server-state.ts';

export type Growth =
  | { readonly kind: 'enough' }
  /** One that drains only because fewer were needed. */
  | { readonly kind: 'revive'; readonly server: ServerIn<'draining'> }
  | { readonly kind: 'restart'; readonly server: ServerIn<'failed' | 'given-up'> }
  | { readonly kind: 'start' };

const ENOUGH: Growth = { kind: 'enough' };

export function decideGrowth(state: PoolState, context: PoolContext): Growth {
  const there = listOwnIn(state, 'starting', 'ready').length;
  if (there >= countWithReplacement(state, context)) return ENOUGH;
  const spare = listOwnIn(state, 'draining').find((server) => server.state.why === 'scale-down');
  if (spare !== undefined) return { kind: 'revive', server: spare };
  return decideStart(state, context);
}

/**
 * Where no server has shown yet that one can start at all, a single one tries: five starts at once would be five
 * failures for one cause, and the very first starts on a fresh data folder fail in one another's way.
 */
function decideStart(state: PoolState, context: PoolContext): Growth {
  const shown = listOwnIn(state, 'ready', 'draining').length > 0;
  if (!shown && listOwnIn(state, 'starting').length > 0) return ENOUGH;
  const again = listOwnIn(state, 'failed', 'given-up').find((server) => mayRestart(server, context));
  if (again !== undefined) return { kind: 'restart', server: again };
  if (!shown && listOwnIn(state, 'failed', 'given-up').length > 0) return ENOUGH;
  return hasRoom(state, context) ? { kind: 'start' } : ENOUGH;
}

function mayRestart({ state }: ServerIn<'failed' | 'given-up'>, { limits, now }: PoolContext): boolean {
  return now >= (state.name === 'failed' ? state.retryAt : state.since + limits.giveUpForMs);
}

/** Whatever holds a place counts, also one that is leaving or may come back. */
function hasRoom(state: PoolState, { limits }: PoolContext): boolean {
  return listOwn(state).length < limits.maxServers;
}

/** One more while a server has to be replaced: the others stay at work meanwhile. */
function countWithReplacement(state: PoolState, context: PoolContext): number {
  const spare = listDue(state, context).length > 0 ? 1 : 0;
  return Math.min(context.limits.maxServers, countWanted(state, context.limits) + spare);
}

/** Is the load so low that a server may go as soon as it has been so for long enough? */
export function isLow(state: PoolState, limits: PoolLimits): boolean {
  const { capacity, utilisation, waiting } = measureLoad(state, limits);
  return limits.autoScale && capacity > 0 && waiting === 0 && utilisation < limits.scaleDownBelow;
}

/**
 * The one that is missed least. As long as one still starts, those that are ready stay: the start may fail.
 * Of the idlest the youngest goes, for the older ones know more folders and conversations.
 */
export function pickSurplus(state: PoolState, context: PoolContext): Dismissible | null {
  const wanted = countWithReplacement(state, context);
  const ready = listOwnIn(state, 'ready');
  const starting = listOwnIn(state, 'starting');
  const there = ready.length + starting.length;
  const [failed] = listOwnIn(state, 'failed');
  if (failed !== undefined && there >= wanted) return failed;
  if (there <= wanted) return null;
  return starting.at(-1) ?? pickIdlest(ready);
}

function pickIdlest(ready: readonly ServerIn<'ready'>[]): ServerIn<'ready'> | null {
  return ready.reduce<ServerIn<'ready'> | null>(
    (idlest, server) =>
      idlest === null || server.state.tasks.length <= idlest.state.tasks.length ? server : idlest,
    null,
  );
}
