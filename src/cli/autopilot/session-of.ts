import { autopilotListSchema } from '../../protocol/autopilot.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { sessionAround } from '../mode/session-around.ts';

/** Whose autopilot is meant; where nothing says it, the only one that is under way. */
export async function sessionOf(cli: Cli, given: string | undefined): Promise<string> {
  const named = given ?? sessionAround(cli.env);
  if (named !== undefined && named !== '') return named;
  const { socketPath } = cli.paths;
  const { autopilots } = await askDaemon({ socketPath, path: '/v1/autopilots' }, autopilotListSchema, cli.m);
  const [only, ...others] = autopilots.filter(({ stage }) => stage.name !== 'ended');
  if (only !== undefined && others.length === 0) return only.sessionId;
  throw noSession(cli);
}

export function namedSession(cli: Cli, given: string | undefined): string {
  const named = given ?? sessionAround(cli.env);
  if (named === undefined || named === '') throw noSession(cli);
  return named;
}

function noSession({ m: { autopilot } }: Cli): CommandError {
  return new CommandError({
    code: 'no-session',
    exit: 'usage',
    message: autopilot.noSession(),
    hint: autopilot.noSessionHint(),
  });
}
