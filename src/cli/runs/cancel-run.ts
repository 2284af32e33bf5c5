import { type RunSummary, runCancelledSchema } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';

/** All of it, or one of its tasks. */
export async function cancelRun(
  { paths: { socketPath }, m }: Cli,
  runId: string,
  task?: string,
): Promise<RunSummary> {
  const names = task === undefined ? [runId] : [runId, task];
  const path = `/v1/runs/${names.map(encodeURIComponent).join('/')}`;
  return (await askDaemon({ socketPath, method: 'DELETE', path }, runCancelledSchema, m)).run;
}
