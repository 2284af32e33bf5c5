/** `omcm budget`: what delegated work has used, and what is left. Without a daemon, the log alone is asked. */
import { loadConfig } from '../../adapters/files/load-config.ts';
import { readHealth } from '../../client/ensure-daemon.ts';
import { budgetStatusSchema } from '../../protocol/budget.ts';
import { readBudgetOffline } from '../budget/read-budget-offline.ts';
import { renderBudget } from '../budget/render-budget.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';

export const defineBudget: DefineCommand = (command, cli) => {
  const { budget: text } = cli.m;
  command.action(() => showBudget(cli));
  addExamples(command, cli, [
    ['omcm budget', text.exampleShow],
    ['omcm budget --json', text.exampleJson],
    ['omcm config set budgets.day 2000000', text.exampleSet],
  ]);
};

async function showBudget(cli: Cli): Promise<void> {
  const { output, m, paths, env } = cli;
  const { socketPath } = paths;
  const isRunning = (await readHealth(socketPath)) !== null;
  const status = isRunning
    ? await askDaemon({ socketPath, path: '/v1/budget' }, budgetStatusSchema, m)
    : await readBudgetOffline(cli, (await loadConfig({ paths, env })).config.budgets);
  output.result(status, () => renderBudget(status, cli));
}
