/**
 * UserPromptSubmit, where mods are off: passes on what a person asks of the session by a word at the beginning of a
 * prompt. hooks.json starts it only where such a word is somewhere in the input.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import { findSessionRequest, type SessionRequest } from '../core/session-mode/find-request.ts';
import type { SessionMode } from '../core/session-mode/session-mode.ts';
import { QUIET_SESSION } from '../protocol/quiet-session.ts';
import type { SetSessionMode, Tidings } from '../protocol/session-mode.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';

const START_LIMIT_MS = 1_100;
const ANSWER_LIMIT_MS = 2_000;

const input = await readHookInput();
const sessionId = input?.session_id;
const isPersons = typeof input?.prompt === 'string' && !process.env[QUIET_SESSION];
const request = isPersons ? findSessionRequest(String(input?.prompt)) : null;
if (request !== null && typeof sessionId === 'string' && sessionId !== '') {
  const told = await passOn(request, `/v1/sessions/${encodeURIComponent(sessionId)}`);
  if (told !== null) tell(told);
}

/** `null`: there is nothing to tell. */
async function passOn(asked: SessionRequest, session: string): Promise<Partial<Tidings> | null> {
  const { socketPath } = resolveOwnPaths(process.env);
  if (asked.kind === 'start' && !(await reach(socketPath))) return silence(asked);
  const path = `${session}/${asked.kind === 'stop' ? 'stop' : 'mode'}`;
  const body = asked.kind === 'stop' ? {} : toSetting(asked.mode);
  const call = { socketPath, method: 'POST', path, body, timeoutMs: ANSWER_LIMIT_MS } as const;
  const answer = await callDaemon(call).catch(() => null);
  return answer?.status === 200 ? (answer.body as Tidings) : silence(asked);
}

function toSetting(mode: SessionMode): SetSessionMode {
  return { mode, directory: String(input?.cwd ?? process.cwd()) };
}

async function reach(socketPath: string): Promise<boolean> {
  const where = { socketPath, program: DAEMON_PROGRAM, env: process.env, timeoutMs: START_LIMIT_MS };
  return (await ensureDaemon(where)).ok;
}

/** Where no daemon runs, nothing of ours is on that could be stopped. */
function silence(asked: SessionRequest): Partial<Tidings> | null {
  if (asked.kind === 'stop') return null;
  return { notice: `OMCM: the daemon does not answer, so ${asked.mode} is not on. See \`omcm doctor\`.` };
}

function tell({ notice, context }: Partial<Tidings>): void {
  const said = {
    ...(notice ? { systemMessage: notice } : {}),
    ...(context
      ? { hookSpecificOutput: { hookEventName: 'UserPromptSubmit', additionalContext: context } }
      : {}),
  };
  if (Object.keys(said).length > 0) process.stdout.write(JSON.stringify(said));
}
