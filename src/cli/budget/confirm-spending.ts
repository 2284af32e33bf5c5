/** Tells what is expected to be spent; where that is over a budget, only a yes lets it go on. */
import type { BudgetCheck, Strain } from '../../core/budget/judge-forecast.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { askYes } from './ask-yes.ts';
import { renderForecast } from './render-forecast.ts';
import type { SpendingOptions } from './spending-options.ts';

/** Whether the user has said yes to more than the budgets allow. */
export async function confirmSpending(
  cli: Cli,
  { forecast, exceeded, near }: BudgetCheck,
  { yes, input }: SpendingOptions,
): Promise<boolean> {
  const { output, m } = cli;
  output.say(renderForecast(forecast, cli));
  for (const strain of near) output.say(m.budget.near(describeStrain(strain, m)));
  if (exceeded.length === 0) return false;
  const over = m.budget.over(exceeded.map((strain) => describeStrain(strain, m)).join('; '));
  if (yes === true) {
    output.say(over);
    return true;
  }
  if (!input || !process.stdin.isTTY || !output.talkOnTerminal) throw refused(over, m.budget.overHint());
  output.complain(over);
  if (await askYes(m.budget.confirm())) return true;
  throw refused(m.budget.declined(), null);
}

function describeStrain({ scope, limit, used, expected }: Strain, { budget }: Messages): string {
  return budget.strain(scope, formatTokens(limit), {
    used: formatTokens(used),
    expected: formatTokens(expected),
  });
}

function refused(message: string, hint: string | null): CommandError {
  return new CommandError({ code: 'over-budget', exit: 'overBudget', message, hint });
}
