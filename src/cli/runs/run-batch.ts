/** Has the tasks of a file done, and tells a line for each as it starts and ends. Ctrl-C cancels the run. */
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { budgetCheckSchema } from '../../protocol/budget.ts';
import { type RunRequest, runStartedSchema } from '../../protocol/run.ts';
import { confirmSpending } from '../budget/confirm-spending.ts';
import type { SpendingOptions } from '../budget/spending-options.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { sessionAround } from '../mode/session-around.ts';
import { cancelRun } from './cancel-run.ts';
import { watchRun } from './watch-run.ts';

export type RunSettings = Omit<RunRequest, 'tasks'>;

export async function runBatch(
  cli: Cli,
  plan: TaskPlan,
  settings: RunSettings,
  spending: SpendingOptions,
): Promise<void> {
  const { output, m, paths } = cli;
  await reachDaemon(cli);
  const sessionId = sessionAround(cli.env);
  const tasks = plan.tasks.map(copyTask);
  // Inside a session, what stays on Claude is for the Claude that conducts.
  const caller = sessionId === undefined ? {} : ({ sessionId, client: 'conductor' } as const);
  const request: RunRequest = { ...settings, tasks, ...caller };
  const check = await checkRun(cli, request);
  const body: RunRequest = { ...request, confirmed: await confirmSpending(cli, check, spending) };
  const call = { socketPath: paths.socketPath, method: 'POST', path: '/v1/runs', body } as const;
  const { runId } = await askDaemon(call, runStartedSchema, m);
  output.say(m.runs.begun(runId, plan.tasks.length));
  // A second one ends the program; the daemon goes on with ending the run.
  const onInterrupt = () => void cancelRun(cli, runId).catch(() => {});
  process.once('SIGINT', onInterrupt);
  try {
    await watchRun(cli, runId);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function checkRun({ paths: { socketPath }, m }: Cli, body: RunRequest): Promise<BudgetCheck> {
  return askDaemon({ socketPath, method: 'POST', path: '/v1/runs/check', body }, budgetCheckSchema, m);
}

function copyTask(task: TaskPlan['tasks'][number]): RunRequest['tasks'][number] {
  return { ...task, files: [...task.files], dependsOn: [...task.dependsOn] };
}
