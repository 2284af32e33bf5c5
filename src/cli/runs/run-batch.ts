/** Has the tasks of a file done, and tells how it goes. Ctrl-C cancels the run, or leaves it to itself. */
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { budgetCheckSchema } from '../../protocol/budget.ts';
import { type RunRequest, runStartedSchema } from '../../protocol/run.ts';
import { confirmSpending } from '../budget/confirm-spending.ts';
import type { SpendingOptions } from '../budget/spending-options.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { sessionAround } from '../mode/session-around.ts';
import { cancelRun } from './cancel-run.ts';
import { renderReports } from './render-reports.ts';
import { renderRun } from './render-run.ts';
import type { RunResult } from './run-result.ts';
import { watchRun } from './watch-run.ts';

export type RunSettings = Omit<RunRequest, 'tasks'>;

export async function runBatch(
  cli: Cli,
  plan: TaskPlan,
  settings: RunSettings,
  { detach, spending }: { readonly detach: boolean; readonly spending: SpendingOptions },
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
  output.say(m.runs.begun(runId, plan.tasks.length, detach));
  // A last one ends the program; the daemon goes on with ending the run.
  const cancel = () => {
    void cancelRun(cli, runId).catch(() => {});
    process.on('SIGINT', () => process.exit(EXIT_CODES.interrupted));
  };
  await watchRun(cli, runId, {
    // A model reads what was said, a person what became of it.
    render: sessionId === undefined ? renderRun : renderSaid,
    onInterrupt: (pressed, leave) => {
      if (detach) leave();
      // A person may have pressed it for something else; a script has nobody to ask.
      else if (pressed === 0 && output.talkOnTerminal) output.say(m.runs.askCancel());
      else if (pressed === (output.talkOnTerminal ? 1 : 0)) cancel();
    },
  });
}

function renderSaid({ tasks }: RunResult, cli: Cli): string {
  return renderReports(tasks, cli).join('\n\n');
}

function checkRun({ paths: { socketPath }, m }: Cli, body: RunRequest): Promise<BudgetCheck> {
  return askDaemon({ socketPath, method: 'POST', path: '/v1/runs/check', body }, budgetCheckSchema, m);
}

function copyTask(task: TaskPlan['tasks'][number]): RunRequest['tasks'][number] {
  return {
    ...task,
    files: [...task.files],
    dependsOn: [...task.dependsOn],
    tags: [...(task.tags ?? [])],
  };
}
