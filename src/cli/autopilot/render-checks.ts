// What checks have said, short enough for the model that reads it.
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import type { CheckResult } from './run-check.ts';

/** Beside the reports of the tasks. */
const ALL_CHECKS = 6_000;

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
