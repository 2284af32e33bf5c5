// Do the budgets allow what is planned? Only what is known counts: what nobody can estimate breaks no budget.

import { type Budgets, SCOPES, type Scope } from './budgets.ts';
import type { SpendingForecast } from './forecast-spending.ts';

/** What is used already, in tokens; `session` is `null` where no session asks. */
export type Used = {
  readonly day: number;
  readonly session: number | null;
  /** Left out where this machine counts for itself alone. */
  readonly team?: TeamUsed | undefined;
};

export type TeamUsed = { readonly day: number; readonly month: number };

export type Strain = {
  readonly scope: Scope;
  readonly limit: number;
  readonly used: number;
  /** What comes on top of it, if the estimates hold. */
  readonly expected: number;
};

export type BudgetCheck = {
  readonly forecast: SpendingForecast;
  readonly exceeded: readonly Strain[];
  /** Within the budget, but not by much. */
  readonly near: readonly Strain[];
};

export function judgeForecast(forecast: SpendingForecast, budgets: Budgets, used: Used): BudgetCheck {
  const nothing: BudgetCheck = { forecast, exceeded: [], near: [] };
  if (forecast.onClaude === forecast.tasks) return nothing;
  const strains = SCOPES.flatMap((scope) => strainOn(scope, forecast, budgets, used));
  const isExceeded = (strain: Strain) => strain.used + strain.expected > strain.limit || isSpent(strain);
  const isNear = (strain: Strain) =>
    (strain.used + strain.expected) * 100 >= strain.limit * budgets.warnAt && !isExceeded(strain);
  return { forecast, exceeded: strains.filter(isExceeded), near: strains.filter(isNear) };
}

function isSpent({ used, limit }: Strain): boolean {
  return used >= limit;
}

function strainOn(
  scope: Scope,
  { tokens, largestTask }: SpendingForecast,
  budgets: Budgets,
  used: Used,
): readonly Strain[] {
  const limit = budgets[scope];
  if (limit === null) return [];
  switch (scope) {
    case 'task':
      return largestTask === null ? [] : [{ scope, limit, used: 0, expected: largestTask }];
    case 'run':
      return [{ scope, limit, used: 0, expected: tokens }];
    case 'day':
      return [{ scope, limit, used: used.day, expected: tokens }];
    case 'session':
      return used.session === null ? [] : [{ scope, limit, used: used.session, expected: tokens }];
    case 'teamDay':
      return used.team === undefined ? [] : [{ scope, limit, used: used.team.day, expected: tokens }];
    case 'teamMonth':
      return used.team === undefined ? [] : [{ scope, limit, used: used.team.month, expected: tokens }];
  }
}
