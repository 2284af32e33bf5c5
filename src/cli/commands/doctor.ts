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
  command.option('--no-start', text.optionNoStart).option('--fix', text.optionFix);
  addDirectoryOption(command, cli.m);
  command.action((options: Options) => doctor(cli, options));
  addExamples(command, cli, [
    ['omcm doctor', text.summary],
    ['omcm doctor --json', text.exampleJson],
    ['omcm doctor --fix', text.optionFix],
  ]);
};

type Options = ExamineOptions & { readonly fix?: true };

async function doctor(cli: Cli, options: Options): Promise<void> {
  const { output, m } = cli;
  // It may have to start the daemon and an OpenCode server, which takes seconds.
  if (output.talkOnTerminal) output.say(output.talkColours.dim(m.doctor.examining()));
  const first = await examine(cli, options);
  const fixed = options.fix === true ? await mend(first, cli) : [];
  const findings = fixed.length === 0 ? first : await examine(cli, options);
  const failed = countOf(findings, 'fail');
  const warned = countOf(findings, 'warn');
  output.result({ findings, failed, warned, fixed }, () => renderFindings(findings, cli));
  output.say(m.doctor.totals(failed, warned));
  if (failed > 0) cli.finish('problemsFound');
}

/** What was mended, by its id; what could not be is told like any other finding afterwards. */
async function mend(findings: readonly Finding[], { output, m }: Cli): Promise<readonly string[]> {
  const mended: string[] = [];
  for (const { id, status, message, fix } of findings) {
    if (status === 'ok' || fix === undefined) continue;
    output.say(m.doctor.mending(message));
    try {
      await fix();
      mended.push(id);
    } catch (error) {
      output.complain(error instanceof Error ? error.message : String(error));
    }
  }
  return mended;
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
