// What tasks have reported, short enough for the model that reads it.
import { fitResult } from '../../core/delegation/fit-result.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { whyItEnded } from './render-run.ts';
import type { RunTask } from './run-result.ts';

/** Claude Code shows a model 30,000 characters of a command's output. */
const ALL_REPORTS = 20_000;

export function renderReports(tasks: readonly RunTask[], { m }: Pick<Cli, 'm'>): readonly string[] {
  const told = tasks.filter(({ end }) => end !== null);
  const room = Math.floor(ALL_REPORTS / Math.max(1, told.length));
  return told.map(({ id, agent, state, end, text, work, changes }) => {
    const why = end === null ? '' : whyItEnded({ end, changes }, m);
    const title = [id, agent, work?.model, m.runs.states[state]].filter(Boolean).join(' · ');
    const head = `## ${title}${why === '' ? '' : `: ${why}`}`;
    const report = fitResult(text.trim(), room, work?.fullTextFile ?? null).text;
    return printableText(report === '' ? head : `${head}\n${report}`);
  });
}
