/**
 * SessionStart: sees to it that a daemon runs and a server gets warm. Claude Code does not wait for it, and would
 * show what it prints to nobody but its model, so it prints nothing: the mod tells the user what there is to tell.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import type { SessionStart } from '../protocol/status.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';

const input = await readHookInput();
const { socketPath } = resolveOwnPaths(process.env);
const ensured = await ensureDaemon({ socketPath, program: DAEMON_PROGRAM, env: process.env });
if (ensured.ok) {
  const body: SessionStart = {
    via: 'hook',
    sessionId: String(input?.session_id ?? ''),
    directory: String(input?.cwd ?? process.cwd()),
    claudePid: Number(process.env.CLAUDE_PID) || undefined,
    claudeDir: process.env.CLAUDE_CONFIG_DIR,
    pluginDirsEnv: process.env.CLAUDE_CODE_PLUGIN_DIRS,
  };
  const call = { socketPath, method: 'POST', path: '/v1/sessions', body, timeoutMs: 5_000 } as const;
  // A daemon that was lost in this moment is started again by the first call that needs it.
  await callDaemon(call).catch(() => null);
}
