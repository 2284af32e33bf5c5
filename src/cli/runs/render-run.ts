import type { TaskEndMessage } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { formatDuration, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';
import { describeChanges } from './describe-changes.ts';
import type { RunResult, RunTask } from './run-result.ts';

export function renderRun({ tasks }: RunResult, { m, output }: Cli): string {
  const rows = tasks.map((task) => {
    const { id, agent, state, model, end, work } = task;
    const why = end === null ? '' : whyItEnded({ ...task, end }, m);
    const took = work === null ? '' : formatDuration(work.durationMs);
    const tokens = work === null ? '' : formatTokens(tokensOf(task));
    return [id, agent, m.runs.states[state], model ?? '', tokens, took, why].map(printableText);
  });
  return renderTable(m.runs.columns.map(output.colours.dim), rows);
}

/** What became of its changes, and why it was not done: empty where there is nothing to say. */
export function whyItEnded({ end, changes }: Ended, m: Messages): string {
  const told = changes === null ? '' : describeChanges(changes, m);
  // That its work was not merged is all the reason there is.
  const why = end.outcome === 'failed' && end.code === 'not-merged' ? '' : reasonOf(end, m);
  return [why, told].filter((part) => part !== '').join('; ');
}

type Ended = Pick<RunTask, 'changes'> & { readonly end: TaskEndMessage };

function reasonOf(end: TaskEndMessage, { runs }: Messages): string {
  switch (end.outcome) {
    case 'done':
    case 'cancelled':
      return '';
    case 'claude':
      return end.reason;
    case 'failed':
      return end.message;
    case 'interrupted':
      return runs.interrupted[end.reason];
    case 'skipped':
      return runs.skipped(end.because.code, end.because.task ?? '');
  }
}

/** All that it used. */
export function tokensOf({ work }: RunTask): number {
  if (work === null) return 0;
  const { input, output, reasoning, cacheRead, cacheWrite } = work.tokens;
  return input + output + reasoning + cacheRead + cacheWrite;
}
