/** Starts the daemon's program and comes back at once; whether it serves is for `ensureDaemon` to see. */
import { spawn } from 'node:child_process';

/**
 * The program puts itself in the background and ends: Claude Code, interrupted, kills every descendant that it
 * can still reach, so the daemon must not descend from the process that asked for it.
 */
export async function startDaemon(program: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [program, '--background'], {
    detached: true,
    stdio: 'ignore',
    env: daemonEnv(env),
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}

/** What says "this is inside a Claude Code session" is not true of a daemon that serves all of them. */
function daemonEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) =>
      !/^(CLAUDECODE|CLAUDE_PID|CLAUDE_PLUGIN_.*|CLAUDE_PROJECT_DIR|CLAUDE_CODE_SESSION.*|CLAUDE_CODE_CHILD.*|TRACEPARENT)$/.test(
        name,
      ),
  );
  return Object.fromEntries(kept);
}
