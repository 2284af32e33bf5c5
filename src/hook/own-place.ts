import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The daemon's program lies beside the hooks, in the plugin's dist folder. */
export const DAEMON_PROGRAM = join(dirname(fileURLToPath(import.meta.url)), 'omcmd.js');
