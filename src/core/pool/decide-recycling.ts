// Which server has lived long enough, and may it be drained already?

import { countWanted } from './count-wanted.ts';
import type { PoolContext } from './pool-limits.ts';
import { listOwnIn, type PoolState } from './pool-state.ts';
import type { DrainWhy, ServerIn } from './server-state.ts';

export type Due = { readonly server: ServerIn<'ready'>; readonly why: DrainWhy };

/** What does harm goes first, then what a person waits for. */
const URGENCY = ['memory', 'recycle', 'age', 'tasks'] as const;

/**
 * The others must do without it: its replacement is there before it goes. Only where the maximum leaves no room for
 * one, the replacement comes after; then one server at a time, for two that drain would be two that take no tasks.
 */
export function decideRecycling(state: PoolState, context: PoolContext): Due | null {
  const due = pickMostUrgent(listDue(state, context));
  if (due === undefined) return null;
  const ready = listOwnIn(state, 'ready').length;
  const spared = ready > countWanted(state, context.limits);
  const noRoom = ready >= context.limits.maxServers;
  return spared || noRoom ? due : null;
}

export function listDue(state: PoolState, context: PoolContext): readonly Due[] {
  return listOwnIn(state, 'ready').flatMap((server) => {
    const why = findReason(server, context);
    return why === null ? [] : [{ server, why }];
  });
}

function findReason({ state }: ServerIn<'ready'>, { limits, now }: PoolContext): DrainWhy | null {
  const isOver = (value: number, limit: number | null) => limit !== null && value >= limit;
  const reasons = {
    memory: isOver(state.rssBytes ?? 0, limits.maxRssBytes),
    recycle: state.recycleAsked,
    age: isOver(now - state.startedAt, limits.maxAgeMs),
    tasks: isOver(state.tasksDone + state.tasks.length, limits.maxTasks),
  };
  return URGENCY.find((why) => reasons[why]) ?? null;
}

function pickMostUrgent(due: readonly Due[]): Due | undefined {
  return URGENCY.flatMap((urgent) => due.filter(({ why }) => why === urgent))[0];
}
