/** One command line, from its words to its exit code. */
import { type Command, CommanderError } from 'commander';
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { buildProgram } from './build-program.ts';
import type { Cli, GlobalOptions } from './cli.ts';
import { EXIT_CODES, type Exit } from './exit-codes.ts';
import { messagesIn } from './messages.ts';
import { createOutput } from './output.ts';
import { readLocale } from './read-locale.ts';
import { reportFailure } from './report-failure.ts';
import { surviveClosedPipes } from './survive-closed-pipes.ts';
import { usageError } from './usage-error.ts';

export async function runCli(words: readonly string[]): Promise<number> {
  const { env } = process;
  const paths = resolveOwnPaths(env);
  const m = messagesIn(await readLocale(paths, env));
  let options: () => GlobalOptions = () => ({});
  let exit: Exit = 'ok';
  const settings = () => options();
  const output = createOutput(process, env, settings);
  surviveClosedPipes((message) => output.complain(m.failures.output(message)));
  const finish = (how: Exit) => {
    exit = how;
  };
  const cli: Cli = { m, output, paths, env, settings, finish };
  try {
    const program = await buildProgram(cli, words);
    options = () => program.opts<GlobalOptions>();
    await parse(program, words, cli);
  } catch (error) {
    exit = reportFailure(error, cli);
  }
  return EXIT_CODES[exit];
}

async function parse(program: Command, words: readonly string[], { m }: Cli): Promise<void> {
  if (words.length === 0) return program.outputHelp();
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and the version leave by exception too.
    if (error.exitCode !== 0) throw usageError(error, { program, words, m });
  }
}
