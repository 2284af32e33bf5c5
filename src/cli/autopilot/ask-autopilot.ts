/** What clients do with the autopilot of a session: look at it, go on with it, end it. */
import {
  type AutopilotStart,
  autopilotAnswerSchema,
  type RoundRequest,
  type SessionAutopilot,
  type VerdictRequest,
} from '../../protocol/autopilot.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';

export const startAutopilot = (cli: Cli, body: AutopilotStart) => ask(cli, 'POST', '', body);
export const readAutopilot = (cli: Cli, session: string) => ask(cli, 'GET', pathOf(session));
export const beginRound = (cli: Cli, session: string, body: RoundRequest) =>
  ask(cli, 'POST', `${pathOf(session)}/rounds`, body);
export const stopAutopilot = (cli: Cli, session: string) => ask(cli, 'DELETE', pathOf(session));

/** One that was ended while its checks ran stays as it is. */
export async function judgeRound(cli: Cli, session: string, body: VerdictRequest): Promise<SessionAutopilot> {
  try {
    return await ask(cli, 'POST', `${pathOf(session)}/verdict`, body);
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'daemon-has-ended') throw error;
    return readAutopilot(cli, session);
  }
}

function pathOf(session: string): string {
  return `/${encodeURIComponent(session)}`;
}

async function ask(
  { paths: { socketPath }, m }: Cli,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<SessionAutopilot> {
  const call = { socketPath, method, path: `/v1/autopilots${path}`, ...(body === undefined ? {} : { body }) };
  return (await askDaemon(call, autopilotAnswerSchema, m)).autopilot;
}
