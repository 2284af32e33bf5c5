// commander tells what is wrong with a command line in English only, as one sentence. Here it is taken apart, so
// that it can be said in any language, with a hint at the help of the command in question.
import type { Command, CommanderError } from 'commander';
import { CommandError } from './command-error.ts';
import type { Messages } from './messages.ts';

export function usageError(
  { code, message }: CommanderError,
  {
    program,
    words,
    m,
  }: { readonly program: Command; readonly words: readonly string[]; readonly m: Messages },
): CommandError {
  const said = message.replace(/^error: /, '');
  return new CommandError({
    code: 'usage',
    exit: 'usage',
    message: describe(code, said, m.usage),
    hint: m.usage.seeHelp(commandIn(program, words)),
  });
}

function describe(code: string, said: string, usage: Messages['usage']): string {
  const name = /'([^']*)'/.exec(said)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return usage.unknownCommand(name, suggestionsIn(said));
    case 'commander.unknownOption':
      return usage.unknownOption(name, suggestionsIn(said));
    case 'commander.missingArgument':
      return usage.missingArgument(name);
    case 'commander.missingMandatoryOptionValue':
      return usage.missingOption(name);
    case 'commander.optionMissingArgument':
      return usage.missingValue(name);
    case 'commander.excessArguments':
      return usage.tooManyArguments();
    case 'commander.help':
      return usage.missingSubcommand();
    default:
      return usage.other(said);
  }
}

/** `(Did you mean one of --json, --jsonl?)` */
function suggestionsIn(said: string): readonly string[] {
  const list = /\(Did you mean (?:one of )?(.*)\?\)/.exec(said)?.[1];
  return list === undefined ? [] : list.split(', ');
}

/** `omcm daemon stop`, as far as the words name commands that there are. */
function commandIn(command: Command, words: readonly string[]): string {
  const [at, next] = words
    .map((word, index) => [index, command.commands.find((child) => child.name() === word)] as const)
    .find(([, child]) => child !== undefined) ?? [0, undefined];
  if (next === undefined) return command.name();
  return `${command.name()} ${commandIn(next, words.slice(at + 1))}`;
}
