/** The permission mode in which tasks are done: inside a session never a wider one than the session's. */
import { sessionPermissionMode } from '../../adapters/claude-code/session-permission-mode.ts';
import type { PermissionMode } from '../../core/permissions/permission-mode.ts';
import { withinSession } from '../../core/permissions/within-session.ts';
import type { Cli } from '../cli.ts';
import { sessionAround } from './session-around.ts';

/** `undefined`: nothing is asked for, and no session is known. */
export async function sessionRights(
  { paths, env, output, m }: Cli,
  asked: PermissionMode | undefined,
): Promise<PermissionMode | undefined> {
  const sessionId = sessionAround(env);
  if (sessionId === undefined) return asked;
  const session = await sessionPermissionMode(paths.claudeDir, sessionId);
  if (session === null) return asked;
  const granted = withinSession(asked, session);
  if (asked !== undefined && granted !== asked) output.say(m.mode.within(asked, session));
  return granted;
}
