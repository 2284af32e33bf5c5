/** What became of a run, once it is over or the wait is; `null`: the daemon knows it no more. */
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { readRun } from '../runs/follow-run.ts';
import { advanceRunResult, type RunResult } from '../runs/run-result.ts';

const POLL_MS = 20_000;

export async function waitForRun(cli: Cli, runId: string, waitMs: number): Promise<RunResult | null> {
  try {
    return await follow(cli, runId, Date.now() + waitMs);
  } catch (error) {
    if (error instanceof CommandError && error.code === 'daemon-no-such-run') return null;
    throw error;
  }
}

async function follow(cli: Cli, runId: string, until: number): Promise<RunResult> {
  let result: RunResult | null = null;
  for (let from = 0; ; ) {
    const wait = Math.max(0, Math.min(POLL_MS, until - Date.now()));
    const read = await readRun(cli, runId, { from, wait });
    result = advanceRunResult(result, read);
    if (read.done || Date.now() >= until) return result;
    from = read.next;
  }
}
