/**
 * The last words of a daemon that dies of something nobody expected, without the secrets in them. The search is done
 * by a process of its own while this one stands still: whoever comes to an unknown end does not go on working.
 */
import { spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import { inspect } from 'node:util';
import { findMoreSecrets } from '../../core/secrets/find-more-secrets.ts';
import { mask } from '../../core/secrets/mask.ts';
import { VERSION } from '../../version.ts';

/** Has the daemon's program search its input instead of serving. */
export const SCRUB_ARGUMENT = '--scrub';

const SEARCH_LIMIT_MS = 5_000;

/** `program`: the daemon's own. Before: what there is to do yet, such as writing the end of a log. */
export function reportCrashes(program: string, before: () => void): void {
  process.on('uncaughtException', (error: unknown) => {
    before();
    const when = new Date().toISOString();
    const said = `${when} omcmd ${VERSION} ended by what nobody expected:\n${describe(error)}\n`;
    tryWriting(scrubApart(program, said));
    process.exit(1);
  });
}

/** Whole: of half a secret no scanner finds the rest. */
function describe(error: unknown): string {
  return inspect(error, { maxStringLength: null });
}

function scrubApart(program: string, text: string): string {
  const { status, stdout } = spawnSync(process.execPath, [program, SCRUB_ARGUMENT], {
    input: text,
    encoding: 'utf8',
    timeout: SEARCH_LIMIT_MS,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return status === 0 && stdout !== '' ? stdout : mask(text, findMoreSecrets(text));
}

function tryWriting(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody listens.
  }
}
