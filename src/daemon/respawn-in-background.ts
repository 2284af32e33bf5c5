import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Paths } from '../adapters/files/paths.ts';

/** Whatever the daemon prints before its log is open, or as it crashes, goes to a file beside the log. */
export function respawnInBackground(paths: Paths): void {
  const out = openOutput(paths);
  const [program = ''] = process.argv.slice(1);
  const child = spawn(process.execPath, [program], {
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
