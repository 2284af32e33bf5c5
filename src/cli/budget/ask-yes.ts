import { createInterface } from 'node:readline';

/** A yes in either language; Ctrl-C and the end of the input are none. */
export async function askYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((resolve) => {
    terminal.once('close', () => resolve(''));
    terminal.question(question, resolve);
  }).finally(() => terminal.close());
  return /^\s*(y|yes|네|예|응)\s*$/i.test(answer);
}
