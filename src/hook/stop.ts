/**
 * Stop: where a session's autopilot is under way, its conductor is told so in place of the end of its turn. How often,
 * the daemon decides. hooks.json starts it only where an autopilot is under way at all.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import type { TurnEnding } from '../protocol/autopilot.ts';
import { readHookInput } from './read-stdin.ts';

const ANSWER_LIMIT_MS = 2_000;

const input = await readHookInput();
const sessionId = input?.session_id;
const waits = Array.isArray(input?.background_tasks) && input.background_tasks.length > 0;
// Whoever waits for something in the background comes back by itself.
if (typeof sessionId === 'string' && sessionId !== '' && !waits) {
  const { socketPath } = resolveOwnPaths(process.env);
  const path = `/v1/autopilots/${encodeURIComponent(sessionId)}/turn-ending`;
  const call = { socketPath, method: 'POST', path, timeoutMs: ANSWER_LIMIT_MS } as const;
  const answer = await callDaemon(call).catch(() => null);
  const hold = answer?.status === 200 ? (answer.body as TurnEnding).hold : null;
  if (hold !== null) process.stdout.write(JSON.stringify({ decision: 'block', reason: hold }));
}
