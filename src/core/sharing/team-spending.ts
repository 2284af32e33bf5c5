// How many tokens has the whole team used, as far as this machine knows?
//
//   what Redis said last, for as long as its day and its month last
//   + what has ended here and was not counted there yet

import type { TeamUsed } from '../budget/judge-forecast.ts';

/** As Redis told it, by its own clock: what is left of a day is a duration. */
export type TeamTotals = TeamUsed & { readonly dayLeftMs: number; readonly monthLeftMs: number };

export type TeamPicture = {
  /** `null`: nothing was heard yet. */
  readonly totals: TeamTotals | null;
  readonly heardAt: number;
  /** Ended here, and not counted there yet, by task. */
  readonly pending: readonly PendingUse[];
};

export type PendingUse = { readonly task: string; readonly tokens: number; readonly endedAt: number };

export function usedByTeam({ totals, heardAt, pending }: TeamPicture, now: number): TeamUsed {
  const own = pending.reduce((sum, { tokens }) => sum + tokens, 0);
  if (totals === null) return { day: own, month: own };
  const passed = now - heardAt;
  return {
    day: own + (passed < totals.dayLeftMs ? totals.day : 0),
    month: own + (passed < totals.monthLeftMs ? totals.month : 0),
  };
}
