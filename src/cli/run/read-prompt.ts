import { MAX_PROMPT_BYTES } from '../../protocol/task.ts';
import { CommandError } from '../command-error.ts';
import type { Messages } from '../messages.ts';

/** The prompt itself, or all of standard input for `-`. */
export async function readPrompt(given: string, m: Messages): Promise<string> {
  const prompt = given === '-' ? await readInput(m) : given;
  if (prompt.trim() === '') throw refused('empty-prompt', m.run.emptyPrompt());
  return prompt;
}

/** All of standard input. */
export async function readInput(m: Messages): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of process.stdin) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MAX_PROMPT_BYTES) throw refused('too-large', m.run.tooLarge(MAX_PROMPT_BYTES));
  }
  return Buffer.concat(pieces).toString('utf8');
}

function refused(code: string, message: string): CommandError {
  return new CommandError({ code, exit: 'usage', message });
}
