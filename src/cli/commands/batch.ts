/** `omcm batch FILE`: many tasks, as their needs and files allow; with `--graph` only their plan. */
import { forecastRun } from '../../core/scheduling/forecast-run.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { WORKTREE_POLICIES, type WorktreePolicy } from '../../core/worktrees/worktree-policy.ts';
import { FAILURE_MODES } from '../../protocol/run.ts';
import { readTasks } from '../batch/read-tasks.ts';
import { renderMermaid } from '../batch/render-mermaid.ts';
import { renderPlan } from '../batch/render-plan.ts';
import { tellProblems } from '../batch/tell-problems.ts';
import { addSpendingOptions, type SpendingOptions } from '../budget/spending-options.ts';
import type { Cli } from '../cli.ts';
import { loadHere } from '../config/load-here.ts';
import type { DefineCommand } from '../define-command.ts';
import { addExamples } from '../list-examples.ts';
import { sessionRights } from '../mode/session-rights.ts';
import { count, oneOf } from '../option-parsers.ts';
import { addSessionOptions, type SessionOptions } from '../routing-options.ts';
import { type RunSettings, runBatch } from '../runs/run-batch.ts';
import { taskDirectory } from '../task-directory.ts';

type Options = SessionOptions &
  SpendingOptions & {
    readonly graph?: true;
    readonly detach?: true;
    readonly workers?: number;
    readonly onFailure?: (typeof FAILURE_MODES)[number];
    readonly budget?: number;
    readonly worktrees?: WorktreePolicy;
  };

export const defineBatch: DefineCommand = (command, cli) => {
  const { batch: text } = cli.m;
  command
    .argument('<file>', text.argumentFile)
    .option('--graph', text.optionGraph)
    .option('--workers <count>', text.optionWorkers, count(cli.m, '--workers'))
    .option('--on-failure <mode>', text.optionOnFailure, oneOf(cli.m, '--on-failure', FAILURE_MODES))
    .option('--detach', text.optionDetach)
    .option('--budget <tokens>', text.optionBudget, count(cli.m, '--budget'))
    .option('--worktrees <when>', text.optionWorktrees, oneOf(cli.m, '--worktrees', WORKTREE_POLICIES))
    .action((file: string, options: Options) => batch(cli, file, options));
  addSessionOptions(command, cli);
  addSpendingOptions(command, cli);
  addExamples(command, cli, [
    ['omcm batch tasks.yaml --mode fusion --budget 500000', text.exampleRun],
    ['omcm batch tasks.yaml --graph', text.exampleGraph],
    ['omcm batch tasks.json --graph --workers 8 --json', text.exampleJson],
  ]);
};

async function batch(cli: Cli, file: string, options: Options): Promise<void> {
  const { graph } = options;
  const workers = options.workers ?? (await usualWorkers(cli, options));
  const read = await readTasks(cli, file);
  if (!read.ok) tellProblems(cli, file, read.problems);
  else if (graph === true) tellPlan(cli, read.plan, workers);
  else {
    const how = { detach: options.detach === true, spending: options };
    await runBatch(cli, read.plan, await toSettings(cli, options, workers), how);
  }
}

async function usualWorkers(cli: Cli, options: Options): Promise<number> {
  const directory = await taskDirectory(options.directory, cli.m);
  return (await loadHere(cli, { directory })).config.routing.maxOpencodeWorkers;
}

async function toSettings(cli: Cli, options: Options, workers: number): Promise<RunSettings> {
  const { onFailure, budget, worktrees, mode } = options;
  const permissionMode = await sessionRights(cli, options.permissionMode);
  return {
    directory: await taskDirectory(options.directory, cli.m),
    maxWorkers: workers,
    ...(onFailure === undefined ? {} : { onFailure }),
    ...(budget === undefined ? {} : { tokenBudget: budget }),
    ...(worktrees === undefined ? {} : { worktrees }),
    ...(mode === undefined ? {} : { mode }),
    ...(permissionMode === undefined ? {} : { permissionMode }),
  };
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
