/** `omcm demo`: the whole way, with the real Claude Code and the real OpenCode, before simulated providers. */
import type { DefineCommand } from '../define-command.ts';
import { demoWordsFor } from '../demo/words.ts';
import { addExamples } from '../list-examples.ts';

type Options = { readonly live?: boolean; readonly keep?: boolean; readonly yes?: boolean };

export const defineDemo: DefineCommand = (command, cli) => {
  const words = demoWordsFor(cli.m);
  command
    .option('--live', words.optionLive)
    .option('--keep', words.optionKeep)
    .option('-y, --yes', words.optionYes)
    .action(async ({ live = false, keep = false, yes = false }: Options) => {
      // Only now: the simulated providers are the heaviest thing that the command line can load.
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo(cli, { live, keep, yes });
    });
  addExamples(command, cli, [
    ['omcm demo', words.exampleOffline],
    ['omcm demo --json', words.exampleJson],
    ['omcm demo --live', words.exampleLive],
  ]);
};
