// What a request that a budget forbids is told, and how it may be repeated.

import type { Scope } from './budgets.ts';
import type { BudgetCheck, Strain } from './judge-forecast.ts';

const WHAT: Readonly<Record<Scope, (strain: Strain) => string>> = {
  task: ({ expected, limit }) =>
    `one task is expected to take ~${expected} tokens, the budget of a task is ${limit}`,
  run: ({ expected, limit }) =>
    `all of it is expected to take ~${expected} tokens, the budget of a run is ${limit}`,
  day: (strain) => `today's budget is ${strain.limit} tokens, ${beside(strain)}`,
  teamDay: (strain) => `today's budget of the team is ${strain.limit} tokens, ${beside(strain)}`,
  teamMonth: (strain) => `this month's budget of the team is ${strain.limit} tokens, ${beside(strain)}`,
  session: (strain) => `this session's budget is ${strain.limit} tokens, ${beside(strain)}`,
};

function beside({ used, expected }: Strain): string {
  return `${used} are used and ~${expected} would come on top`;
}

export function describeCheck(check: BudgetCheck): string {
  return `${describeExcess(check)} Nothing was started. Ask the user, and send it again with "confirmed": true if the answer is yes.`;
}

export function describeExcess({ forecast, exceeded }: BudgetCheck): string {
  const { tasks, unknownTasks } = forecast;
  const unknown = unknownTasks === 0 ? '' : ` What ${unknownTasks} of the ${tasks} tasks take is not known.`;
  const why = exceeded.map((strain) => WHAT[strain.scope](strain)).join('; ');
  return `This is over the user's budget: ${why}.${unknown}`;
}
