/** `omcm setup`: from nothing to working. */
import { MODE_NAMES } from '../../core/routing/mode.ts';
import { SHELLS } from '../completion/shells.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { listOf, oneOf } from '../option-parsers.ts';
import { runSetup, type SetupOptions } from '../setup/run-setup.ts';

export const defineSetup: DefineCommand = (command, cli) => {
  const { setup: text } = cli.m;
  command
    .option('-y, --yes', text.optionYes)
    .option('--no-input', text.optionNoInput)
    .option('--dry-run', text.optionDryRun)
    .option('--mode <mode>', text.optionMode, oneOf(cli.m, '--mode', MODE_NAMES))
    .option('--no-status-line', text.optionNoStatusLine)
    .option('--completions <shells>', text.optionCompletions, listOf(cli.m, '--completions', SHELLS))
    .action((options: SetupOptions) => runSetup(cli, options));
  addExamples(command, cli, [
    ['omcm setup', text.exampleWizard],
    ['omcm setup --dry-run', text.exampleDryRun],
    ['omcm setup --yes --mode fusion', text.exampleYes],
  ]);
};
