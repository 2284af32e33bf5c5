/** One question to the daemon: the answer as its schema promises it, or an error that can be told. */
import type { z } from 'zod';
import {
  callDaemon,
  type DaemonAnswer,
  type DaemonCall,
  DaemonUnreachable,
} from '../../client/call-daemon.ts';
import { type ApiError, apiErrorSchema } from '../../protocol/status.ts';
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
  throw strangeAnswer(m);
}

/** By the daemon's own codes; any other is a fault inside it. */
const EXITS: ReadonlyMap<string, Exit> = new Map([
  ['draining', 'daemonUnreachable'],
  ['protocol-mismatch', 'daemonUnreachable'],
  ['invalid', 'usage'],
  ['not-json', 'usage'],
  ['too-large', 'usage'],
  ['over-budget', 'overBudget'],
  ['unknown-model', 'usage'],
]);

/** The daemon answered, and said no. */
export function refusedBy({ code, message }: ApiError['error'], m: Messages): CommandError {
  const exit = EXITS.get(code) ?? 'failed';
  return new CommandError({ code: `daemon-${code}`, exit, message: m.failures.daemonRefused(message) });
}

export function strangeAnswer(m: Messages): CommandError {
  return new CommandError({ code: 'daemon-strange', exit: 'failed', message: m.failures.daemonStrange() });
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
  const parsed = apiErrorSchema.safeParse(body);
  return parsed.success ? refusedBy(parsed.data.error, m) : strangeAnswer(m);
}
