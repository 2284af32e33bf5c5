/**
 * UserPromptSubmit, where mods are off: passes on what a person asks of the session by a word at the beginning of a
 * prompt, or asks for by a prompt that is a word. hooks.json starts it only where such a word is somewhere in the input.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import { ensureDaemon } from '../client/ensure-daemon.ts';
import { LONGEST_REQUEST } from '../core/handoff/asks-for-handoff.ts';
import { findSessionRequest, type SessionRequest } from '../core/session-mode/find-request.ts';
import type { SessionMode } from '../core/session-mode/session-mode.ts';
import { QUIET_SESSION } from '../protocol/quiet-session.ts';
import type { PromptTold, SetSessionMode, Tidings } from '../protocol/session-mode.ts';
import { DAEMON_PROGRAM } from './own-place.ts';
import { readHookInput } from './read-stdin.ts';

const START_LIMIT_MS = 1_100;
const ANSWER_LIMIT_MS = 2_000;

const input = await readHookInput();
const sessionId = input?.session_id;
const isPersons = typeof input?.prompt === 'string' && !process.env[QUIET_SESSION];
if (isPersons && typeof sessionId === 'string' && sessionId !== '') {
  const prompt = String(input?.prompt);
  const request = findSessionRequest(prompt);
  const session = `/v1/sessions/${encodeURIComponent(sessionId)}`;
  const told = await (request === null ? passOnText(prompt, session) : passOn(request, session));
  if (told !== null) tell(told);
}

/** Its words are in the configuration, which the daemon knows. None is started for it. */
async function passOnText(text: string, session: string): Promise<Partial<Tidings> | null> {
  if (text.length > LONGEST_REQUEST) return null;
  const { socketPath } = resolveOwnPaths(process.env);
  const body: PromptTold = { text, directory: String(input?.cwd ?? process.cwd()) };
  const path = `${session}/prompts`;
  const call = { socketPath, method: 'POST', path, body, timeoutMs: ANSWER_LIMIT_MS } as const;
  const answer = await callDaemon(call).catch(() => null);
  return answer?.status === 200 ? (answer.body as Tidings) : null;
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
