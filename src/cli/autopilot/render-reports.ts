// What tasks have reported and what checks have said, short enough for the model that reads it.
import { fitResult } from '../../core/delegation/fit-result.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { whyItEnded } from '../runs/render-run.ts';
import type { RunTask } from '../runs/run-result.ts';
import type { CheckResult } from './run-check.ts';

/** Claude Code shows a model 30,000 characters of a command's output. */
const ALL_REPORTS = 20_000;
const ALL_CHECKS = 6_000;

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

export function renderChecks(
  checks: readonly CheckResult[],
  timeoutMs: number,
  { m }: Pick<Cli, 'm'>,
): readonly string[] {
  const failed = checks.filter(({ passed }) => !passed).length;
  const room = Math.floor(ALL_CHECKS / Math.max(1, failed));
  return checks.map(({ command, passed, timedOut, output }) => {
    const lines = [`## ${m.autopilot.check(command, passed)}`];
    if (timedOut) lines.push(m.autopilot.timedOut(Math.round(timeoutMs / 1_000)));
    if (!passed) lines.push(output.trim().slice(-room));
    return printableText(lines.join('\n'));
  });
}
