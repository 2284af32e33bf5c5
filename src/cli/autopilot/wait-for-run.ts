/** What became of a run, once it is over or the wait is; `null`: the daemon knows it no more. */
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { followRun } from '../runs/follow-run.ts';
import type { RunResult } from '../runs/run-result.ts';

export async function waitForRun(cli: Cli, runId: string, waitMs: number): Promise<RunResult | null> {
  const until = Date.now() + waitMs;
  try {
    return await followRun(cli, runId, { onNews: () => {}, onLoss: () => {}, until });
  } catch (error) {
    if (error instanceof CommandError && error.code === 'daemon-no-such-run') return null;
    throw error;
  }
}
