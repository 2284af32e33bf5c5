/** One question to the daemon: the answer as its schema promises it, or an error that can be told. */
import type { z } from 'zod';
import {
  callDaemon,
  type DaemonAnswer,
  type DaemonCall,
  DaemonUnreachable,
} from '../../client/call-daemon.ts';
import { apiErrorSchema } from '../../protocol/status.ts';
import { CommandError } from '../command-error.ts';
import type { Exit } from '../exit-codes.ts';
import type { Messages } from '../messages.ts';

const TIMEOUT_MS = 10_000;

export async function askDaemon<S extends z.ZodType>(
  call: DaemonCall,
  schema: S,
  m: Messages,
): Promise<z.output<S>> {
  const answer = await answerTo(call, m);
  if (answer.status !== 200) throw refusal(answer.body, m);
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  throw new CommandError({ code: 'daemon-strange', exit: 'failed', message: m.failures.daemonStrange() });
}

/** By the daemon's own codes; any other is a fault inside it. */
const EXITS: ReadonlyMap<string, Exit> = new Map([
  ['draining', 'daemonUnreachable'],
  ['protocol-mismatch', 'daemonUnreachable'],
  ['invalid', 'usage'],
  ['not-json', 'usage'],
  ['too-large', 'usage'],
]);

/** What the daemon says instead of an answer, as an error; null where it says no such thing. */
export function refusalIn(body: unknown, m: Messages): CommandError | null {
  const parsed = apiErrorSchema.safeParse(body);
  if (!parsed.success) return null;
  const { code, message } = parsed.data.error;
  const exit = EXITS.get(code) ?? 'failed';
  return new CommandError({ code: `daemon-${code}`, exit, message: m.failures.daemonRefused(message) });
}

async function answerTo(call: DaemonCall, m: Messages): Promise<DaemonAnswer> {
  try {
    return await callDaemon({ timeoutMs: TIMEOUT_MS, ...call });
  } catch (error) {
    if (!(error instanceof DaemonUnreachable)) throw error;
    throw new CommandError({
      code: 'daemon-unreachable',
      exit: 'daemonUnreachable',
      message: m.failures.daemonSilent(),
      hint: m.failures.daemonSilentHint(),
    });
  }
}

function refusal(body: unknown, m: Messages): CommandError {
  return (
    refusalIn(body, m) ??
    new CommandError({ code: 'daemon-strange', exit: 'failed', message: m.failures.daemonStrange() })
  );
}
