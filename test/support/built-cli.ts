import { join } from 'node:path';

/** The command line as `npm run build` has made it. */
export const BUILT_CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
