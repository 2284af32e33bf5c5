import type { ConfigProblem } from '../../../core/config/config-problem.ts';
import type { Cli } from '../../cli.ts';
import { type HereOptions, loadHere } from '../../config/load-here.ts';
import type { DefineCommand } from '../../define-command.ts';
import { addExamples } from '../../list-examples.ts';
import { addDirectoryOption } from '../../routing-options.ts';

export const defineCheck: DefineCommand = (command, cli) => {
  addDirectoryOption(command, cli.m);
  command.action((options: HereOptions) => check(cli, options));
  addExamples(command, cli, [['omcm config check --json', cli.m.config.exampleCheck]]);
};

async function check(cli: Cli, options: HereOptions): Promise<void> {
  const { output, m } = cli;
  const { problems, sources } = await loadHere(cli, options);
  output.result({ problems, sources }, () =>
    problems.map((problem) => renderProblem(problem, cli)).join('\n\n'),
  );
  output.say(problems.length === 0 ? m.config.noProblems() : m.config.problems(problems.length));
  if (problems.length > 0) cli.finish('problemsFound');
}

/** Their sentence says no more than what was expected and what came. */
const PLAIN: ReadonlySet<ConfigProblem['code']> = new Set(['unknown-key', 'invalid-value']);

function renderProblem(problem: ConfigProblem, { m, output }: Cli): string {
  const { source, keyPath, position, expected, received, suggestion } = problem;
  const place = position === undefined ? source : `${source}:${position.line}:${position.column}`;
  const key = keyPath === '' ? m.config.wholeFile() : keyPath;
  return [
    `${output.colours.bold(place)}  ${output.colours.yellow(key)}`,
    ...(PLAIN.has(problem.code) ? [] : [`  ${m.config.problem(problem)}`]),
    `  ${m.config.expected(expected)}`,
    `  ${m.config.received(received)}`,
    ...(suggestion === undefined ? [] : [`  ${m.config.suggestion(suggestion)}`]),
  ].join('\n');
}
