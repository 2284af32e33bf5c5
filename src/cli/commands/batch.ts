/** `omcm batch FILE --graph`: in which order would these tasks run? Nothing is run. */
import { resolve } from 'node:path';
import { forecastRun } from '../../core/scheduling/forecast-run.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { describeProblem } from '../batch/describe-problem.ts';
import { type BatchProblem, readBatch } from '../batch/read-batch.ts';
import { renderMermaid } from '../batch/render-mermaid.ts';
import { renderPlan } from '../batch/render-plan.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { count } from '../option-parsers.ts';

type Options = { readonly graph?: true; readonly workers: number };

const DEFAULT_WORKERS = 4;

export const defineBatch: DefineCommand = (command, cli) => {
  const { batch: text } = cli.m;
  command
    .argument('<file>', text.argumentFile)
    .option('--graph', text.optionGraph)
    .option('--workers <count>', text.optionWorkers, count(cli.m, '--workers'), DEFAULT_WORKERS)
    .action((file: string, options: Options) => batch(cli, file, options));
  addExamples(command, cli, [
    ['omcm batch tasks.yaml --graph', text.exampleGraph],
    ['omcm batch tasks.json --graph --workers 8 --json', text.exampleJson],
  ]);
};

async function batch(cli: Cli, file: string, { graph, workers }: Options): Promise<void> {
  if (graph !== true) {
    const hint = cli.m.usage.seeHelp('omcm batch');
    throw new CommandError({
      code: 'usage',
      exit: 'usage',
      message: cli.m.usage.missingOption('--graph'),
      hint,
    });
  }
  const read = await readBatch(resolve(file));
  if (read.ok) tellPlan(cli, read.plan, workers);
  else tellProblems(cli, file, read.problems);
}

function tellPlan(cli: Cli, plan: TaskPlan, workers: number): void {
  const { output, m } = cli;
  const forecast = forecastRun(plan, workers);
  const { makespan, lowerBound } = forecast;
  const mermaid = renderMermaid(plan);
  const nameOf = (task: number) => plan.tasks[task]?.id ?? '';
  const json = {
    workers,
    makespan,
    lowerBound,
    tasks: forecast.slots.map(({ task, start, end }) => {
      const { id, agent, dependsOn, files, priority } = plan.tasks[task] ?? {};
      return { id, agent, dependsOn, files, priority, start, end, remaining: plan.remaining[task] };
    }),
    conflicts: plan.conflicts.map(({ first, second, file }) => ({
      first: nameOf(first),
      second: nameOf(second),
      file,
    })),
    mermaid,
  };
  output.result(json, () => `${renderPlan(plan, forecast, cli)}\n\n${mermaid}`);
  output.say(m.batch.forecast(plan.tasks.length, workers, { makespan, lowerBound }));
}

function tellProblems(cli: Cli, file: string, problems: readonly BatchProblem[]): void {
  cli.output.result({ problems }, () => '');
  for (const problem of problems) cli.output.complain(describeProblem(problem, file, cli.m));
  cli.finish(problems.some(({ code }) => code === 'no-such-file') ? 'usage' : 'problemsFound');
}
