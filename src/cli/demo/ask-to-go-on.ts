import { createInterface } from 'node:readline';
import { CommandError } from '../command-error.ts';
import type { Output } from '../output.ts';
import type { DemoWords } from './messages/en.ts';

export type Question = {
  readonly output: Output;
  readonly words: DemoWords;
  /** What the answer is about, where it has not been told yet. */
  readonly intro: readonly string[];
};

/** Comes back when the answer is yes; any other answer ends the command. */
export async function askToGoOn({ output, words, intro }: Question): Promise<void> {
  if (!process.stdin.isTTY || !output.talkOnTerminal) {
    const [message, hint] = [words.needsYes, words.needsYesHint];
    throw new CommandError({ code: 'not-confirmed', exit: 'usage', message, hint });
  }
  for (const line of intro) output.complain(line);
  const answer = await ask(words.confirm);
  if (answer !== null && words.yes.test(answer.trim())) return;
  const exit = answer === null ? 'interrupted' : 'failed';
  throw new CommandError({ code: 'not-confirmed', exit, message: words.notConfirmed });
}

/** null for Ctrl-C and for the end of the input. */
function ask(question: string): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise<string | null>((resolve) => {
    terminal.once('close', () => resolve(null));
    terminal.question(question, resolve);
  }).finally(() => terminal.close());
}
