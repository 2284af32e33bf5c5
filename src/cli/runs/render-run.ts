import type { TaskEndMessage } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { formatDuration, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';
import type { RunResult, RunTask } from './run-result.ts';

export function renderRun({ tasks }: RunResult, { m, output }: Cli): string {
  const rows = tasks.map((task) => {
    const { id, agent, state, model, end, work } = task;
    const why = end === null ? '' : whyItEnded(end, m);
    const took = work === null ? '' : formatDuration(work.durationMs);
    return [id, agent, m.runs.states[state], model ?? '', tokensOf(task), took, why].map(printableText);
  });
  return renderTable(m.runs.columns.map(output.colours.dim), rows);
}

/** Empty for what was done. */
export function whyItEnded(end: TaskEndMessage, { runs }: Messages): string {
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

function tokensOf({ work }: RunTask): string {
  if (work === null) return '';
  const { input, output, reasoning, cacheRead, cacheWrite } = work.tokens;
  return formatTokens(input + output + reasoning + cacheRead + cacheWrite);
}
