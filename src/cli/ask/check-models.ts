import { type AskCheck, type AskRequest, askCheckSchema } from '../../protocol/ask.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { START_TIMEOUT_MS } from './ask-all.ts';

/** Before anything is asked: a slip in one name costs nothing. */
export async function checkModels({ paths, m }: Cli, body: AskRequest): Promise<AskCheck> {
  const call = { socketPath: paths.socketPath, method: 'POST', path: '/v1/ask/check', body } as const;
  const checked = await askDaemon({ ...call, timeoutMs: START_TIMEOUT_MS }, askCheckSchema, m);
  const { unknown, connected, models } = checked;
  if (unknown.length === 0 && models.length > 0) return checked;
  const message = unknown.length > 0 ? m.ask.unknownModels(unknown.join(', ')) : m.ask.noModels();
  throw new CommandError({ code: 'unknown-model', exit: 'usage', message, hint: m.ask.connected(connected) });
}
