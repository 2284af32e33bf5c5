/**
 * SessionStart: sees to it that a daemon runs and a server gets warm. Claude Code does not wait for it.
 * Says nothing unless the user has something to mend, and then one line.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';

const input = await readHookInput();
const { socketPath } = resolveOwnPaths(process.env);
const ensured = await ensureDaemon({ socketPath, program: DAEMON_PROGRAM, env: process.env });
const notice = ensured.ok ? await greet(socketPath) : `OMCM: ${ensured.message}`;
if (notice !== null) process.stdout.write(JSON.stringify({ systemMessage: notice }));

async function greet(socket: string): Promise<string | null> {
  const body = {
    sessionId: String(input?.session_id ?? ''),
    directory: String(input?.cwd ?? process.cwd()),
    claudePid: Number(process.env.CLAUDE_PID) || undefined,
    claudeDir: process.env.CLAUDE_CONFIG_DIR,
    pluginDirsEnv: process.env.CLAUDE_CODE_PLUGIN_DIRS,
  };
  try {
    const answer = await callDaemon({
      socketPath: socket,
      method: 'POST',
      path: '/v1/sessions',
      body,
      timeoutMs: 5_000,
    });
    const { notice: said } = answer.body as { notice?: string | null };
    return said ?? null;
  } catch {
    return null;
  }
}
