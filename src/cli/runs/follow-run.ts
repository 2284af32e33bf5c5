/**
 * Reads along with a run until it is over. Whoever stops reading leaves it running; a daemon that is lost meanwhile is
 * started again, and goes on with it.
 */
import { type RunEvents, runEventsSchema } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { advanceRunResult, type RunResult } from './run-result.ts';

const WAIT_MS = 20_000;
const TIMEOUT_MS = 30_000;
/** In a row, without having heard anything in between. */
const MOST_LOSSES = 3;

export type RunNews = {
  readonly events: RunEvents['events'];
  readonly result: RunResult;
};

export type Following = {
  readonly onNews: (news: RunNews) => void;
  readonly onLoss: () => void;
  /** Leaves the run as it is. */
  readonly signal?: AbortSignal;
  /** Milliseconds since the epoch: nobody waits for it any longer. */
  readonly until?: number;
};

export async function followRun(
  cli: Cli,
  runId: string,
  { onNews, onLoss, signal, until = Number.POSITIVE_INFINITY }: Following,
): Promise<RunResult> {
  let result: RunResult = { runId, done: false, paused: false, tasks: [] };
  let losses = 0;
  for (let from = 0; ; ) {
    const wait = Math.max(0, Math.min(WAIT_MS, until - Date.now()));
    const read = await readUnlessLost(cli, runId, {
      from,
      wait,
      ...(signal === undefined ? {} : { signal }),
    });
    if (signal?.aborted) return result;
    if (read instanceof CommandError) {
      losses += 1;
      if (losses > MOST_LOSSES) throw read;
      onLoss();
      await reachDaemon(cli);
      continue;
    }
    losses = 0;
    result = advanceRunResult(result, read);
    onNews({ events: read.events, result });
    if (read.done || read.paused || Date.now() >= until) return result;
    from = read.next;
  }
}

type Reading = { readonly from: number; readonly wait: number; readonly signal?: AbortSignal };

export async function readRun(
  { paths: { socketPath }, m }: Cli,
  runId: string,
  { from, wait, signal }: Reading,
): Promise<RunEvents> {
  const path = `/v1/runs/${encodeURIComponent(runId)}/events?from=${from}&wait=${wait}`;
  const call = { socketPath, path, timeoutMs: TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  return askDaemon(call, runEventsSchema, m);
}

async function readUnlessLost(cli: Cli, runId: string, reading: Reading): Promise<RunEvents | CommandError> {
  try {
    return await readRun(cli, runId, reading);
  } catch (error) {
    if (error instanceof CommandError && error.code === 'daemon-unreachable') return error;
    throw error;
  }
}
