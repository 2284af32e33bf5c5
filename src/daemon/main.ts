/**
 * omcmd. `--background` starts it again without a terminal and a parent, and ends at once; `--scrub` prints its input
 * without the secrets in it.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { SCRUB_ARGUMENT } from './process/report-crash.ts';
import { respawnInBackground } from './process/respawn-in-background.ts';
import { isStarting, takeStartLock } from './process/start-lock.ts';

const paths = resolveOwnPaths(process.env);
const lockFile = join(paths.stateDir, 'omcmd.lock');
if (process.argv.includes(SCRUB_ARGUMENT)) {
  const { scrubInput } = await import('./log/scrub-input.ts');
  await scrubInput();
} else if (process.argv.includes('--background')) {
  if (!(await isStarting(lockFile))) respawnInBackground(paths);
} else {
  const lock = await takeStartLock({ lockFile, socketPath: paths.socketPath });
  if (lock === null) process.exit(0);
  // Loaded only here: twenty that start at once wait for the first, and twenty times this would be slow.
  const { serve } = await import('./serve.ts');
  process.exit(await serve(paths, lock, fileURLToPath(import.meta.url)));
}
