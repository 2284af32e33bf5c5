/** Tells of a run as it goes, and at its end what came of it. */
import type { RunEventMessage } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { followRun } from './follow-run.ts';
import { renderRun, whyItEnded } from './render-run.ts';
import { exitOfRun, type RunResult } from './run-result.ts';

export async function watchRun(cli: Cli, runId: string): Promise<void> {
  const { output, m } = cli;
  const result = await followRun(cli, runId, {
    onNews: ({ events, result: now }) => {
      for (const event of events) for (const line of linesOf(event, now, cli)) output.say(line);
    },
    onLoss: () => output.say(m.runs.lost()),
  });
  output.result(result, () => renderRun(result, cli));
  if (result.paused) output.complain(m.runs.paused(runId));
  cli.finish(exitOfRun(result));
}

function linesOf(event: RunEventMessage, { tasks }: RunResult, { m }: Cli): readonly string[] {
  const agent = tasks.find(({ id }) => id === event.task)?.agent ?? '';
  if (event.type === 'started') return [printableText(m.runs.started(event.task, agent))];
  if (event.type !== 'ended') return [];
  const why = whyItEnded(event, m);
  const because = why === '' ? '' : ` (${why})`;
  return [printableText(`${event.task}: ${m.runs.states[event.end.outcome]}${because}`)];
}
