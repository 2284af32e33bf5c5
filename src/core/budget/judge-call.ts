// May one more call be delegated? Pure: what is used and what such calls take in, a verdict out.

import type { Budgets } from './budgets.ts';
import type { Expectation } from './expect-tokens.ts';
import type { Used } from './judge-forecast.ts';

export type BudgetVerdict = {
  /** For the routing log: `budget-day-104%`, and with `~` where the figure is an estimate. */
  readonly reason: string;
  /** For whoever called, where Claude is not to take over; `null`: it is. */
  readonly block: string | null;
};

export type CallQuestion = {
  readonly budgets: Budgets;
  readonly used: Used;
  /** What tasks of this agent take; `null`: nobody knows. */
  readonly typical: Expectation | null;
};

/** `null`: no budget speaks against it. */
export function judgeCall({ budgets, used, typical }: CallQuestion): BudgetVerdict | null {
  const { task, day, session, teamDay, teamMonth, onExceeded } = budgets;
  const { team } = used;
  const exceeded = (reason: string, message: string): BudgetVerdict => ({
    reason: `budget-${reason}`,
    block: onExceeded === 'stop' ? message : null,
  });
  if (day !== null && used.day >= day)
    return exceeded(
      `day-${percentOf(used.day, day)}%`,
      `The user's OMCM budget for today, ${day} tokens, is spent (${used.day}). It begins anew at midnight.`,
    );
  if (session !== null && used.session !== null && used.session >= session)
    return exceeded(
      `session-${percentOf(used.session, session)}%`,
      `The user's OMCM budget for this session, ${session} tokens, is spent (${used.session}). Only the user can raise it (budgets.session).`,
    );
  if (team !== undefined && teamDay !== null && team.day >= teamDay)
    return exceeded(
      `team-day-${percentOf(team.day, teamDay)}%`,
      `The OMCM budget of the user's team for today, ${teamDay} tokens, is spent (${team.day}). It begins anew at midnight UTC.`,
    );
  if (team !== undefined && teamMonth !== null && team.month >= teamMonth)
    return exceeded(
      `team-month-${percentOf(team.month, teamMonth)}%`,
      `The OMCM budget of the user's team for this month, ${teamMonth} tokens, is spent (${team.month}).`,
    );
  if (task !== null && typical !== null && typical.tokens > task)
    return exceeded(
      `task-~${percentOf(typical.tokens, task)}%`,
      `Tasks of this agent take ~${typical.tokens} tokens (median of ${typical.samples}), and the user's OMCM budget for one is ${task}. Only the user can raise it (budgets.task).`,
    );
  return null;
}

function percentOf(used: number, limit: number): number {
  return Math.floor((used / limit) * 100);
}
