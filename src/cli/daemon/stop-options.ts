// How a daemon is stopped, for `stop` and for `restart`.
import type { Command } from 'commander';
import { callDaemon } from '../../client/call-daemon.ts';
import { statusSchema } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { count } from '../option-parsers.ts';
import { type Stopped, stopDaemon } from './stop-daemon.ts';

export type StopFlags = { readonly now?: true; readonly wait?: number };

/** As long as the daemon itself lets its tasks take. */
const DRAIN_SECONDS = 300;
/** Longer than it gives tasks that are cancelled and servers that do not want to go. */
const NOW_SECONDS = 20;

export function addStopOptions(command: Command, { m }: Cli): void {
  command
    .option('--now', m.daemon.optionNow)
    .option('--wait <seconds>', m.daemon.optionWait, count(m, '--wait'));
}

/** Throws where the daemon is still there when the wait is over. */
export async function stopAsAsked(cli: Cli, flags: StopFlags): Promise<Stopped> {
  const { m, output, paths } = cli;
  const now = flags.now === true;
  const running = await runningTasks(paths.socketPath);
  if (running !== null) output.say(m.daemon.draining(now ? 0 : running));
  const waitMs = (flags.wait ?? (now ? NOW_SECONDS : DRAIN_SECONDS)) * 1_000;
  const stopped = await stopDaemon(paths.socketPath, { now, waitMs });
  if (stopped.kind !== 'still-running') return stopped;
  throw new CommandError({
    code: 'daemon-still-running',
    exit: 'failed',
    message: m.daemon.stillRunning(stopped.pid),
    hint: now ? null : m.daemon.stillRunningHint(),
  });
}

async function runningTasks(socketPath: string): Promise<number | null> {
  const answer = await callDaemon({ socketPath, path: '/v1/status', timeoutMs: 2_000 }).catch(() => null);
  const parsed = statusSchema.safeParse(answer?.body);
  return parsed.success ? parsed.data.tasks.running : null;
}
