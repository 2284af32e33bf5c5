/** What the log says of the budgets, where no daemon runs that could tell of running tasks as well. */
import { localDayOf, readPastTasks } from '../../adapters/files/past-tasks.ts';
import type { Budgets } from '../../core/budget/budgets.ts';
import { EMPTY_LEDGER, noteTasks } from '../../core/budget/ledger.ts';
import { summariseUse } from '../../core/budget/summarise-use.ts';
import type { Use } from '../../core/budget/use.ts';
import type { BudgetStatus } from '../../protocol/budget.ts';
import type { Cli } from '../cli.ts';

export async function readUseOffline({ paths }: Cli, now: number): Promise<Use> {
  const ledger = noteTasks(EMPTY_LEDGER, await readPastTasks(paths.outcomeLogFile));
  return { ledger, running: [], today: localDayOf(now) };
}

export async function readBudgetOffline(cli: Cli, budgets: Budgets): Promise<BudgetStatus> {
  return { budgets, ...summariseUse(await readUseOffline(cli, Date.now()), budgets) };
}
