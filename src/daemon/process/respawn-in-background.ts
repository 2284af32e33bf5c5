import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Paths } from '../../adapters/files/paths.ts';

/** In MB. V8's own 16 are for much garbage at once; a daemon makes little, and is there all day: 7 MB less (bench idle). */
const SMALL_NURSERY = '--max-semi-space-size=2';

/** Whatever the daemon prints before its log is open, or as it crashes, goes to a file beside the log. */
export function respawnInBackground(paths: Paths): void {
  const out = openOutput(paths);
  const [program = ''] = process.argv.slice(1);
  const child = spawn(process.execPath, [SMALL_NURSERY, program], {
    detached: true,
    stdio: ['ignore', out, out],
    env: process.env,
    cwd: '/',
  });
  child.unref();
}

function openOutput(paths: Paths): number {
  try {
    mkdirSync(paths.logsDir, { recursive: true, mode: 0o700 });
    return openSync(join(paths.logsDir, 'omcmd.out'), 'a', 0o600);
  } catch {
    return openSync(devNull, 'a');
  }
}
