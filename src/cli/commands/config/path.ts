import type { Cli } from '../../cli.ts';
import { type HereOptions, loadHere } from '../../config/load-here.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import { renderTable } from '../../render-table.ts';
import { addDirectoryOption } from '../../routing-options.ts';

export const definePath: DefineCommand = (command, cli) => {
  addDirectoryOption(command, cli.m);
  command.action((options: HereOptions) => showPath(cli, options));
  addExamples(command, cli, [['omcm config path', cli.m.config.pathSummary]]);
};

async function showPath(cli: Cli, options: HereOptions): Promise<void> {
  const { config: text } = cli.m;
  const { sources } = await loadHere(cli, options);
  cli.output.result(sources, () =>
    renderTable(
      text.columns,
      sources.map(({ kind, source, state }) => [text.kind(kind), source, text.state(state)]),
    ),
  );
}
