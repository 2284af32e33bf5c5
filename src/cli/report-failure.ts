/** Tells what went wrong: a sentence, what to do about it, and the exit code. Stacks are for those who ask. */
import type { Cli } from './cli.ts';
import { CommandError } from './command-error.ts';
import type { Exit } from './exit-codes.ts';

export function reportFailure(error: unknown, cli: Cli): Exit {
  const { code, message, hint, exit } = foreseen(error, cli);
  const { output } = cli;
  if (cli.settings().json) output.result({ error: { code, message, hint } }, () => '');
  output.complain(`${output.talkColours.red('omcm:')} ${message}`);
  if (hint !== null) output.complain(`      ${hint}`);
  if (wantsStack(cli) && error instanceof Error) output.complain(output.talkColours.dim(error.stack ?? ''));
  return exit;
}

function foreseen(error: unknown, { m }: Cli): CommandError {
  if (error instanceof CommandError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const message = m.failures.unknown(said);
  return new CommandError({ code: 'internal', exit: 'failed', message, hint: m.failures.unknownHint() });
}

function wantsStack({ settings, env }: Cli): boolean {
  return settings().debug === true || env.OMCM_DEBUG === '1';
}
