/** Reads along with a run until it is over. Whoever stops reading leaves it running. */
import { type RunEvents, runEventsSchema } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { advanceRunResult, type RunResult } from './run-result.ts';

const WAIT_MS = 20_000;
const TIMEOUT_MS = 30_000;

export async function followRun(
  cli: Cli,
  runId: string,
  onEvents: (events: RunEvents['events'], result: RunResult) => void,
): Promise<RunResult> {
  let result: RunResult | null = null;
  for (let from = 0; ; ) {
    const read = await readRun(cli, runId, { from, wait: WAIT_MS });
    result = advanceRunResult(result, read);
    onEvents(read.events, result);
    if (read.done) return result;
    from = read.next;
  }
}

export async function readRun(
  { paths: { socketPath }, m }: Cli,
  runId: string,
  { from, wait }: { readonly from: number; readonly wait: number },
): Promise<RunEvents> {
  const path = `/v1/runs/${encodeURIComponent(runId)}/events?from=${from}&wait=${wait}`;
  return askDaemon({ socketPath, path, timeoutMs: TIMEOUT_MS }, runEventsSchema, m);
}
