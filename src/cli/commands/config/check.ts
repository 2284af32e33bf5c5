import type { Cli } from '../../cli.ts';
import { type HereOptions, loadHere } from '../../config/load-here.ts';
import { renderProblem } from '../../config/render-problem.ts';
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
