/** `omcm runs …`: the runs that the daemon knows, whoever started them. */
import { runListSchema } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { readRun } from '../runs/follow-run.ts';
import { renderRun } from '../runs/render-run.ts';
import { advanceRunResult } from '../runs/run-result.ts';
import { watchRun } from '../runs/watch-run.ts';

export const defineRuns: DefineCommand = (command, cli) => {
  const { runs: text } = cli.m;
  command
    .command('list')
    .description(text.listSummary)
    .action(() => list(cli));
  command
    .command('show')
    .description(text.showSummary)
    .argument('<run>', text.argumentRun)
    .action((run: string) => show(cli, run));
  command
    .command('attach')
    .description(text.attachSummary)
    .argument('<run>', text.argumentRun)
    .action((run: string) => attach(cli, run));
  command
    .command('cancel')
    .description(text.cancelSummary)
    .argument('<run>', text.argumentRun)
    .argument('[task]', text.argumentTask)
    .action((run: string, task?: string) => cancel(cli, run, task));
  addExamples(command, cli, [
    ['omcm runs list', text.exampleList],
    ['omcm runs show 5e0f2a1c-… --json', text.exampleShow],
    ['omcm runs attach 5e0f2a1c-…', text.exampleAttach],
    ['omcm runs cancel 5e0f2a1c-… api', text.exampleCancel],
  ]);
};

async function list({ output, m, paths: { socketPath } }: Cli): Promise<void> {
  const { runs } = await askDaemon({ socketPath, path: '/v1/runs' }, runListSchema, m);
  const rows = runs.map(({ id, directory, tasks, ended, running }) => [
    id,
    `${ended}/${tasks}`,
    String(running),
    printableText(directory),
  ]);
  output.result(runs, () =>
    rows.length === 0 ? '' : renderTable(m.runs.listColumns.map(output.colours.dim), rows),
  );
  if (runs.length === 0) output.say(m.runs.none());
}

async function show(cli: Cli, run: string): Promise<void> {
  const result = advanceRunResult(null, await readRun(cli, run, { from: 0, wait: 0 }));
  cli.output.result(result, () => renderRun(result, cli));
}

/** Also one of an earlier daemon: whoever reads along wants it to go on. */
async function attach(cli: Cli, run: string): Promise<void> {
  await reachDaemon(cli);
  await watchRun(cli, run, { onInterrupt: (_, leave) => leave() });
}

async function cancel(cli: Cli, run: string, task?: string): Promise<void> {
  const summary = await cancelRun(cli, run, task);
  cli.output.result(summary, () => '');
  cli.output.say(cli.m.runs.cancelled(task ?? run));
}
