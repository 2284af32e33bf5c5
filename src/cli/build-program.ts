/** The program as commander knows it: what all commands share, and of the commands only those that are named. */
import { Command } from 'commander';
import { VERSION } from '../version.ts';
import type { Cli } from './cli.ts';
import { COMMANDS } from './command-list.ts';
import { COMPLETE, COMPLETION } from './completion/names.ts';
import { EXIT_CODES, type Exit } from './exit-codes.ts';
import { listExamples } from './list-examples.ts';

export async function buildProgram(cli: Cli, words: readonly string[]): Promise<Command> {
  const { program: text } = cli.m;
  const program = new Command('omcm')
    .description(text.summary)
    .option('--json', text.optionJson)
    .option('-q, --quiet', text.optionQuiet)
    .option('--debug', text.optionDebug)
    .version(VERSION, '-V, --version', text.optionVersion)
    .helpOption('-h, --help', text.optionHelp)
    .helpCommand('help [command]', text.commandHelp)
    .configureHelp({
      showGlobalOptions: true,
      optionDescription: ({ description }) => description,
      styleTitle: (title) => cli.output.colours.bold(text.title(title)),
    })
    // What is wrong with a command line is told in our own words, in one place.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText('after', () => `\n${footer(cli)}`);
  const completes = words[0] === COMPLETE;
  await Promise.all(
    COMMANDS.filter(({ name }) => !completes || name !== COMPLETION).map(async (entry) => {
      const command = program.command(entry.name).description(entry.summary(cli.m));
      if (completes || words.includes(entry.name)) (await entry.load())(command, cli);
    }),
  );
  if (completes) (await import('./completion/add-complete.ts')).addComplete(program);
  return program;
}

function footer(cli: Cli): string {
  const { m, output } = cli;
  const codes = Object.entries(EXIT_CODES).map(
    ([exit, code]) => `  ${String(code).padStart(3)}  ${m.program.exitCodes[exit as Exit]}`,
  );
  const examples = listExamples(cli, [
    ['omcm demo', m.program.demoSummary],
    ['omcm doctor', m.doctor.summary],
    ['omcm route --agent explore --mode save-tokens --explain', m.route.summary],
  ]);
  const title = output.colours.bold(m.program.exitCodesTitle);
  return [examples, '', title, ...codes, '', m.program.moreHelp].join('\n');
}
