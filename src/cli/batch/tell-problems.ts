import type { Cli } from '../cli.ts';
import { describeProblem } from './describe-problem.ts';
import type { BatchProblem } from './read-batch.ts';

export function tellProblems(cli: Cli, file: string, problems: readonly BatchProblem[]): void {
  cli.output.result({ problems }, () => '');
  for (const problem of problems) cli.output.complain(describeProblem(problem, file, cli.m));
  cli.finish(problems.some(({ code }) => code === 'no-such-file') ? 'usage' : 'problemsFound');
}
