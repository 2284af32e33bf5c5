/** `omcm doctor`: is everything there that delegation needs, and if not, how is it mended? */
import type { Cli } from '../cli.ts';
import type { Colours } from '../colours.ts';
import type { DefineCommand } from '../define-command.ts';
import { type ExamineOptions, examine } from '../doctor/examine.ts';
import type { Finding, FindingStatus } from '../doctor/finding.ts';
import { addExamples } from '../list-examples.ts';
import { addDirectoryOption } from '../routing-options.ts';

export const defineDoctor: DefineCommand = (command, cli) => {
  const { doctor: text } = cli.m;
  command.option('--no-start', text.optionNoStart);
  addDirectoryOption(command, cli.m);
  command.action((options: ExamineOptions) => doctor(cli, options));
  addExamples(command, cli, [
    ['omcm doctor', text.summary],
    ['omcm doctor --json', text.exampleJson],
  ]);
};

async function doctor(cli: Cli, options: ExamineOptions): Promise<void> {
  const { output, m } = cli;
  // It may have to start the daemon and an OpenCode server, which takes seconds.
  if (output.talkOnTerminal) output.say(output.talkColours.dim(m.doctor.examining()));
  const findings = await examine(cli, options);
  const failed = countOf(findings, 'fail');
  const warned = countOf(findings, 'warn');
  output.result({ findings, failed, warned }, () => renderFindings(findings, cli));
  output.say(m.doctor.totals(failed, warned));
  if (failed > 0) cli.finish('problemsFound');
}

function countOf(findings: readonly Finding[], status: FindingStatus): number {
  return findings.filter((finding) => finding.status === status).length;
}

function renderFindings(findings: readonly Finding[], { output, m }: Cli): string {
  const width = Math.max(...Object.values(m.doctor.status).map(({ length }) => length));
  return findings
    .map(({ status, message, remedy }) => {
      const label = colourOf(status, output.colours)(m.doctor.status[status].padEnd(width));
      const line = `${label}  ${message}`;
      return remedy === null ? line : `${line}\n${' '.repeat(width + 2)}→ ${remedy}`;
    })
    .join('\n');
}

function colourOf(status: FindingStatus, colours: Colours): (text: string) => string {
  if (status === 'ok') return colours.green;
  return status === 'warn' ? colours.yellow : colours.red;
}
