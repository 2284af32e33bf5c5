/** Runs the status line that was there before ours, on the same input; what it prints comes first. */
import { spawn } from 'node:child_process';

/** A line that takes longer is not waited for: ours comes without it. */
const PATIENCE_MS = 3_000;

export function runEarlierLine(command: string, input: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'ignore'], timeout: PATIENCE_MS });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(printed.replace(/\n+$/, '')));
    // One that does not read its input closes it.
    child.stdin.on('error', () => undefined).end(input);
  });
}
