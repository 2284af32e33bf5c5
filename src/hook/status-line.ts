/** The status line as Claude Code runs it: `node status-line.cjs [--wrap COMMAND]`. */
import { readFileSync, writeSync } from 'node:fs';
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { composeStatusLine } from '../client/compose-status-line.ts';
import { WRAP } from '../core/status-line/status-line-command.ts';
import { parseHookInput, readHookText } from './read-stdin.ts';

void main();

async function main(): Promise<void> {
  const text = await readInput();
  const at = process.argv.indexOf(WRAP);
  const line = await composeStatusLine({
    text,
    said: parseHookInput(text) ?? {},
    env: process.env,
    paths: resolveOwnPaths(process.env),
    wrap: at < 0 ? undefined : process.argv[at + 1],
    now: Date.now(),
  });
  write(`${line}\n`);
  // Whatever is still open, such as a call that nobody waits for, must not hold up the end.
  process.exit(0);
}

/** A stream takes longer to set up than the rest of the line. Some pipes can be read in no other way. */
async function readInput(): Promise<string> {
  try {
    return readFileSync(0, 'utf8');
  } catch {
    return readHookText();
  }
}

/** A line is far shorter than a pipe is deep. Whoever has gone away meanwhile does not need it. */
function write(text: string): void {
  try {
    writeSync(1, text);
  } catch {
    // Nobody reads.
  }
}
