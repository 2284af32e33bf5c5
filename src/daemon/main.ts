/** omcmd. `--background` starts it again without a terminal and a parent, and ends at once. */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { respawnInBackground } from './respawn-in-background.ts';

const paths = resolveOwnPaths(process.env);
if (process.argv.includes('--background')) {
  respawnInBackground(paths);
} else {
  // Loaded only here: whoever starts the daemon waits for `--background` to end.
  const { serve } = await import('./serve.ts');
  process.exit(await serve(paths));
}
