/** `omcm completion SHELL`: a script for the shell, which asks the hidden `omcm complete` at each TAB. */
import { script } from '@bomb.sh/tab';
import { SHELLS, type Shell } from '../completion/shells.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { oneOf } from '../option-parsers.ts';

const NAME = 'omcm';

export const defineCompletion: DefineCommand = (command, cli) => {
  const { completion: text } = cli.m;
  command
    .argument('<shell>', text.argumentShell, oneOf(cli.m, '<shell>', SHELLS))
    .action((shell: Shell) => script(shell, NAME, NAME));
  addExamples(command, cli, [
    ['omcm completion fish | source', text.exampleFish],
    ['source <(omcm completion bash)', text.exampleBash],
  ]);
};
