/**
 * PreCompact: what was decided so far is kept before the conversation is compacted. Claude Code does not wait for it:
 * the transcript is only ever written on.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import type { SaveContext } from '../protocol/context.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';

const input = await readHookInput();
if (typeof input?.transcript_path === 'string') {
  const { socketPath } = resolveOwnPaths(process.env);
  const ensured = await ensureDaemon({ socketPath, program: DAEMON_PROGRAM, env: process.env });
  const body: SaveContext = {
    sessionId: String(input.session_id ?? ''),
    directory: String(input.cwd ?? process.cwd()),
    transcript: input.transcript_path,
  };
  const call = { socketPath, method: 'POST', path: '/v1/contexts', body, timeoutMs: 10_000 } as const;
  // What could not be kept is in the transcript still.
  if (ensured.ok) await callDaemon(call).catch(() => null);
}
