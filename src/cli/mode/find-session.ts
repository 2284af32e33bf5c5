/** Which session is meant: the one that is named, the one that we run in, or the only one in this folder. */
import { realpath } from 'node:fs/promises';
import { sessionListSchema } from '../../protocol/session-mode.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { taskDirectory } from '../task-directory.ts';
import { sessionAround } from './session-around.ts';

export type Wanted = { readonly session?: string | undefined; readonly directory?: string | undefined };

export async function findSession(cli: Cli, { session, directory }: Wanted): Promise<string> {
  const around = directory === undefined ? sessionAround(cli.env) : undefined;
  return session ?? around ?? (await findInFolder(cli, directory));
}

async function findInFolder(cli: Cli, given: string | undefined): Promise<string> {
  const { paths, m } = cli;
  const folder = await taskDirectory(given, m);
  // Claude Code names its folder without links.
  const names = [folder, await realpath(folder)];
  const call = { socketPath: paths.socketPath, path: '/v1/sessions' };
  const { sessions } = await askDaemon(call, sessionListSchema, m);
  const here = sessions.filter(({ directory }) => directory !== null && names.includes(directory));
  const [only, ...more] = here.map(({ sessionId }) => sessionId);
  if (only === undefined) throw unclear(m.mode.noSession(folder), m.mode.hint());
  if (more.length > 0) throw unclear(m.mode.manySessions(folder, [only, ...more].join(', ')), m.mode.hint());
  return only;
}

function unclear(message: string, hint: string): CommandError {
  return new CommandError({ code: 'no-such-session', exit: 'usage', message, hint });
}
