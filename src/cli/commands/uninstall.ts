/** `omcm uninstall`: away without a trace. */
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { runUninstall, type UninstallOptions } from '../setup/run-uninstall.ts';

export const defineUninstall: DefineCommand = (command, cli) => {
  const { uninstall: text } = cli.m;
  command
    .option('--keep-data', text.optionKeepData)
    .action((options: UninstallOptions) => runUninstall(cli, options));
  addExamples(command, cli, [
    ['omcm uninstall', text.summary],
    ['omcm uninstall --keep-data', text.exampleKeepData],
  ]);
};
