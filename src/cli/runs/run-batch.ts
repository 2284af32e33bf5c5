/** Has the tasks of a file done, and tells a line for each as it starts and ends. Ctrl-C cancels the run. */
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { type RunRequest, runStartedSchema } from '../../protocol/run.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';
import { printableText } from '../printable-text.ts';
import { cancelRun } from './cancel-run.ts';
import { followRun } from './follow-run.ts';
import { renderRun, whyItEnded } from './render-run.ts';
import { exitOfRun, type RunResult } from './run-result.ts';

export type RunSettings = Omit<RunRequest, 'tasks'>;

export async function runBatch(cli: Cli, plan: TaskPlan, settings: RunSettings): Promise<void> {
  const { output, m, paths } = cli;
  await reachDaemon(cli);
  const body: RunRequest = { ...settings, tasks: plan.tasks.map(copyTask) };
  const call = { socketPath: paths.socketPath, method: 'POST', path: '/v1/runs', body } as const;
  const { runId } = await askDaemon(call, runStartedSchema, m);
  output.say(m.runs.begun(runId, plan.tasks.length));
  // A second one ends the program; the daemon goes on with ending the run.
  const onInterrupt = () => void cancelRun(cli, runId).catch(() => {});
  process.once('SIGINT', onInterrupt);
  try {
    const result = await followRun(cli, runId, (events, now) => {
      for (const event of events) output.say(lineOf(event, now, cli));
    });
    output.result(result, () => renderRun(result, cli));
    cli.finish(exitOfRun(result));
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function lineOf(
  event: Parameters<Parameters<typeof followRun>[2]>[0][number],
  { tasks }: RunResult,
  { m }: Cli,
): string {
  const agent = tasks.find(({ id }) => id === event.task)?.agent ?? '';
  if (event.type === 'started') return printableText(m.runs.started(event.task, agent));
  const why = whyItEnded(event, m);
  return printableText(`${event.task}: ${m.runs.states[event.end.outcome]}${why === '' ? '' : ` (${why})`}`);
}

function copyTask(task: TaskPlan['tasks'][number]): RunRequest['tasks'][number] {
  return { ...task, files: [...task.files], dependsOn: [...task.dependsOn] };
}
