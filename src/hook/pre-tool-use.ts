/**
 * The second way, where mods are off: does the subagent's work before Claude Code starts the subagent, and denies
 * the call with the result as its reason. Whatever of ours fails: no output, and the native subagent runs.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import { delegateCall, toTaskRequest } from './delegate-call.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';
import { recordFailedOpen } from './record-failed-open.ts';

const START_LIMIT_MS = 1_500;

const request = toTaskRequest(await readHookInput());
if (request !== null) {
  const paths = resolveOwnPaths(process.env);
  const ensured = await ensureDaemon({
    socketPath: paths.socketPath,
    program: DAEMON_PROGRAM,
    env: process.env,
    timeoutMs: START_LIMIT_MS,
  });
  if (ensured.ok) {
    const reason = await delegateCall(paths.socketPath, request).catch((error: unknown) =>
      recordFailedOpen(paths, {
        agent: request.agent,
        reason: 'failed-open-daemon-lost',
        detail: String(error),
      }),
    );
    if (typeof reason === 'string') process.stdout.write(JSON.stringify(denial(reason)));
  } else {
    await recordFailedOpen(paths, {
      agent: request.agent,
      reason: `failed-open-${ensured.code}`,
      detail: ensured.message,
    });
  }
}

function denial(reason: string): object {
  return {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: reason,
    },
  };
}
