/** The mod's helper for what a mod cannot do: start a process, append to a file. `report.js COMMAND < JSON`. */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import type { FailedOpen } from '../protocol/status.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';
import { recordFailedOpen } from './record-failed-open.ts';

const paths = resolveOwnPaths(process.env);
const input = (await readHookInput()) ?? {};

if (process.argv[2] === 'failed-open') {
  await recordFailedOpen(paths, input as FailedOpen);
} else if (process.argv[2] === 'ensure-daemon') {
  const { ok } = await ensureDaemon({
    socketPath: paths.socketPath,
    program: DAEMON_PROGRAM,
    env: process.env,
    timeoutMs: Number(input.timeoutMs) || 1_500,
  });
  process.stdout.write(JSON.stringify({ ok }));
}
