/** OpenCode in the user's own terminal, with what it has to know as the first message. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import type { HandedOver } from '../../context/hand-over.ts';
import type { Config } from '../../core/config/schema.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';

/** The kernel takes 128 KiB in one argument (MAX_ARG_STRLEN); a character may be three bytes. */
const LONGEST_ARGUMENT = 120_000;

/** Plugins of OpenCode, such as oh-my-opencode, hear it and work harder; to a model it is a word of advice. */
const ULTRAWORK = 'ultrawork';

export function firstMessage(
  { document, file }: HandedOver,
  { opencode }: Config,
  { directory, m: { handoff } }: { readonly directory: string; readonly m: Cli['m'] },
): string {
  const first = opencode.ultraworkByDefault ? `${ULTRAWORK}\n\n` : '';
  const message = `${first}${handoff.firstMessage}\n\n${document}`;
  return Buffer.byteLength(message) <= LONGEST_ARGUMENT
    ? message
    : `${first}${handoff.firstMessageByFile(relative(directory, file))}`;
}

export async function openOpencode(
  { m, finish, env }: Cli,
  { opencode }: Config,
  { directory, message }: { readonly directory: string; readonly message: string },
): Promise<void> {
  const args = [...opencode.args, directory, '--prompt', message];
  const child = spawn(opencode.command, args, { cwd: directory, env, stdio: 'inherit' });
  try {
    const [code] = await once(child, 'exit');
    if (code !== 0) finish('failed');
  } catch {
    throw new CommandError({
      code: 'opencode-not-installed',
      exit: 'failed',
      message: m.handoff.noOpencode(opencode.command),
      hint: m.handoff.hintOpencode(),
    });
  }
}

/** For who opens it himself. */
export function shellCommand({ opencode }: Config, directory: string): string {
  const words = [opencode.command, ...opencode.args, directory].map(quoted);
  const first = opencode.ultraworkByDefault ? `${ULTRAWORK} ` : '';
  return `cd ${quoted(directory)} && ${words.join(' ')} --prompt "${first}$(cat .omcm/handoff/context.md)"`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
