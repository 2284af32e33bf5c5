/** Tells of a run as it goes, on a terminal with who is at work, and at its end what came of it. */
import type { RunEventMessage } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { followRun } from './follow-run.ts';
import { createLiveView, NO_VIEW } from './live-view.ts';
import { renderLive } from './render-live.ts';
import { renderRun, whyItEnded } from './render-run.ts';
import { exitOfRun, type RunResult } from './run-result.ts';

export type Watching = {
  /** What is printed of the end; the state of each task if left out. */
  readonly render?: (result: RunResult, cli: Cli) => string;
  /** By how many presses of Ctrl-C before it; `leave` ends the reading, and nothing else. */
  onInterrupt(pressed: number, leave: () => void): void;
};

const MOST_ROWS = 12;

export async function watchRun(cli: Cli, runId: string, watching: Watching): Promise<void> {
  const { onInterrupt, render = renderRun } = watching;
  const { output, m, settings } = cli;
  const isLive = output.talkOnTerminal && settings().json !== true && settings().quiet !== true;
  const view = isLive ? createLiveView(process.stderr) : NO_VIEW;
  const leaving = new AbortController();
  let pressed = 0;
  const interrupted = () => {
    view.say(() => onInterrupt(pressed, () => leaving.abort()));
    pressed += 1;
  };
  process.on('SIGINT', interrupted);
  try {
    const result = await followRun(cli, runId, {
      signal: leaving.signal,
      onNews: ({ events, result: now }) => {
        const lines = events.flatMap((event) => linesOf(event, now, cli, isLive));
        view.show(() => renderLive(now, m, frame()));
        view.say(() => lines.map((line) => output.say(line)));
      },
      onLoss: () => view.say(() => output.say(m.runs.lost())),
    });
    view.end();
    output.result(result, () => render(result, cli));
    if (result.paused) output.complain(m.runs.paused(runId));
    if (leaving.signal.aborted) output.say(m.runs.left(runId));
    cli.finish(leaving.signal.aborted ? 'ok' : exitOfRun(result));
  } finally {
    view.end();
    process.off('SIGINT', interrupted);
  }
}

function frame() {
  // A terminal that does not know its size says 0.
  const columns = process.stderr.columns || 80;
  const rows = process.stderr.rows || 24;
  return { now: Date.now(), columns, mostRows: Math.min(MOST_ROWS, Math.max(1, rows - 4)) };
}

/** Who is at work is seen in the live view; elsewhere it is a line of its own. */
function linesOf(
  event: RunEventMessage,
  { tasks }: RunResult,
  { m }: Cli,
  isLive: boolean,
): readonly string[] {
  const agent = tasks.find(({ id }) => id === event.task)?.agent ?? '';
  if (event.type === 'started' && !isLive) return [printableText(m.runs.started(event.task, agent))];
  if (event.type !== 'ended') return [];
  const why = whyItEnded(event, m);
  const because = why === '' ? '' : ` (${why})`;
  return [printableText(`${event.task}: ${m.runs.states[event.end.outcome]}${because}`)];
}
