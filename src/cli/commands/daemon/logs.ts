import { showLogs } from '../../daemon/show-logs.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import { count } from '../../option-parsers.ts';

type Options = { readonly lines?: number; readonly follow?: true };

const DEFAULT_LINES = 50;

export const defineLogs: DefineCommand = (command, cli) => {
  const { daemon: text } = cli.m;
  command
    .option('-n, --lines <count>', text.optionLines, count(cli.m, '--lines'))
    .option('-f, --follow', text.optionFollow)
    .action(({ lines = DEFAULT_LINES, follow }: Options) =>
      showLogs(cli, { lines, follow: follow === true }),
    );
  addExamples(command, cli, [['omcm daemon logs -n 200 --follow', text.exampleLogs]]);
};
