/** The status line as Claude Code runs it: `node status-line.js [--wrap COMMAND]`. */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { composeStatusLine } from '../client/compose-status-line.ts';
import { readHookText } from './read-stdin.ts';

const { text, input } = await readHookText();
const at = process.argv.indexOf('--wrap');
const line = await composeStatusLine({
  text,
  said: input ?? {},
  env: process.env,
  paths: resolveOwnPaths(process.env),
  wrap: at < 0 ? undefined : process.argv[at + 1],
  now: Date.now(),
});
// Whatever is still open, such as a call that nobody waits for, must not hold up the line.
process.stdout.write(`${line}\n`, () => process.exit(0));
