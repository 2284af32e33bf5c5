/** `omcm doctor`: is everything there that delegation needs, and if not, how is it mended? */
import type { Cli } from '../cli.ts';
import type { Colours } from '../colours.ts';
import type { DefineCommand } from '../define-command.ts';
import { type ExamineOptions, examine } from '../doctor/examine.ts';
import { findPath } from '../doctor/find-program.ts';
import type { Finding, FindingStatus } from '../doctor/finding.ts';
import { loadSimulation } from '../doctor/load-simulation.ts';
import { probeProviders } from '../doctor/probe-providers.ts';
import { SCENARIO_NAMES, type ScenarioName } from '../doctor/simulate/scenario-names.ts';
import { addExamples } from '../list-examples.ts';
import { listOf } from '../option-parsers.ts';
import { addDirectoryOption } from '../routing-options.ts';
import { taskDirectory } from '../task-directory.ts';

export const defineDoctor: DefineCommand = (command, cli) => {
  const { doctor: text } = cli.m;
  command
    .option('--no-start', text.optionNoStart)
    .option('--fix', text.optionFix)
    .option('--probe', text.optionProbe)
    .option('--hooks', text.optionHooks)
    .option('--simulate <what>', text.optionSimulate(SCENARIO_NAMES.join(', ')), scenarios(cli))
    .option('-y, --yes', text.optionYes);
  addDirectoryOption(command, cli.m);
  command.action((options: Options) => doctor(cli, options));
  addExamples(command, cli, [
    ['omcm doctor', text.summary],
    ['omcm doctor --json', text.exampleJson],
    ['omcm doctor --fix', text.optionFix],
    ['omcm doctor --probe', text.exampleProbe],
    ['omcm doctor --simulate 429,hang', text.exampleSimulate],
  ]);
};

type Options = ExamineOptions & {
  readonly fix?: true;
  readonly probe?: true;
  readonly hooks?: true;
  readonly simulate?: readonly ScenarioName[];
  readonly yes?: true;
};

function scenarios({ m }: Cli): (text: string) => readonly ScenarioName[] {
  const some = listOf(m, '--simulate', SCENARIO_NAMES);
  return (text) => (text === 'all' ? SCENARIO_NAMES : some(text));
}

async function doctor(cli: Cli, options: Options): Promise<void> {
  const { output, m } = cli;
  if (options.simulate !== undefined) return simulate(cli, options.simulate);
  // It may have to start the daemon and an OpenCode server, which takes seconds.
  if (output.talkOnTerminal) output.say(output.talkColours.dim(m.doctor.examining()));
  const first = await examine(cli, options);
  const fixed = options.fix === true ? await mend(first, cli) : [];
  const examined = fixed.length === 0 ? first : await examine(cli, options);
  const findings = [...examined, ...(await probe(cli, options))];
  const failed = countOf(findings, 'fail');
  const warned = countOf(findings, 'warn');
  output.result({ findings, failed, warned, fixed }, () => renderFindings(findings, cli));
  output.say(m.doctor.totals(failed, warned));
  if (failed > 0) cli.finish('problemsFound');
}

async function simulate(cli: Cli, names: readonly ScenarioName[]): Promise<void> {
  const load = () => import('../doctor/simulate/run-simulations.ts');
  const { runSimulations } = await loadSimulation(load, cli.m);
  await runSimulations(cli, names);
}

/** What takes a session or costs tokens is looked at only when it is asked for. */
async function probe(cli: Cli, options: Options): Promise<readonly Finding[]> {
  const hooks = options.hooks === true ? await examineHooks(cli, options.directory) : [];
  const answers = options.probe === true ? await probeProviders(cli, options.yes === true) : [];
  return [...hooks, ...answers];
}

async function examineHooks(cli: Cli, given: string | undefined): Promise<readonly Finding[]> {
  const [claude, directory] = await Promise.all([findPath('claude', cli.env), taskDirectory(given, cli.m)]);
  // That it is missing has been told already.
  if (claude === null) return [];
  const { probeHooks } = await loadSimulation(() => import('../doctor/probe-hooks.ts'), cli.m);
  return [await probeHooks(cli, { claude, directory })];
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
