/**
 * The second way, where mods are off: does the subagent's work before Claude Code starts the subagent, and denies
 * the call with the result as its reason. Whatever of ours fails: no output, and the native subagent runs.
 */
import { type Paths, resolveOwnPaths } from '../adapters/files/paths.ts';
import { DaemonRefused } from '../client/call-daemon.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import { QUIET_SESSION } from '../protocol/quiet-session.ts';
import type { TaskRequest } from '../protocol/task.ts';
import { delegateCall, toTaskRequest } from './delegate-call.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';
import { recordFailedOpen } from './record-failed-open.ts';

const START_LIMIT_MS = 1_100;

/** For the user; Claude does not see them. */
const messages: string[] = [];

const request = toTaskRequest(await readHookInput(), process.env.TRACEPARENT);
if (request !== null && !process.env[QUIET_SESSION]) {
  const paths = resolveOwnPaths(process.env);
  const ensured = await ensureDaemon({
    socketPath: paths.socketPath,
    program: DAEMON_PROGRAM,
    env: process.env,
    timeoutMs: START_LIMIT_MS,
  });
  const report = ensured.ok
    ? await delegate(paths, request)
    : await failOpen(paths, ensured.code, ensured.message);
  say(report);
}

async function delegate(paths: Paths, task: TaskRequest): Promise<string | null> {
  const delegating = {
    socketPath: paths.socketPath,
    onNotices: (notices: readonly string[]) => void messages.push(...notices),
  };
  return delegateCall(delegating, task).catch((error: unknown) =>
    failOpen(paths, error instanceof DaemonRefused ? error.code : 'daemon-lost', String(error)),
  );
}

async function failOpen(paths: Paths, code: string, detail: string): Promise<null> {
  await recordFailedOpen(paths, { agent: request?.agent ?? '', reason: `failed-open-${code}`, detail });
  messages.push(`OMCM: this subagent runs on Claude (${code}). See \`omcm doctor\`.`);
  return null;
}

function say(report: string | null): void {
  const message = messages.length === 0 ? {} : { systemMessage: messages.join('\n') };
  const said = { ...message, ...(report === null ? {} : denial(report)) };
  if (Object.keys(said).length > 0) process.stdout.write(JSON.stringify(said));
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
