/** Has every model asked at once, and tells each answer as it comes. Ctrl-C cancels those that are still at work. */
import { awaitTask } from '../../client/await-task.ts';
import { type AskRequest, type AskStarted, askStartedSchema } from '../../protocol/ask.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { stopOnSignal } from '../stop-on-signal.ts';
import { type Answer, notAsked, toAnswer } from './answer.ts';

/** In the order in which the models were named. */
export async function askAll(
  cli: Cli,
  body: AskRequest,
  onAnswer: (answer: Answer) => void,
): Promise<readonly Answer[]> {
  const { paths, m } = cli;
  const call = { socketPath: paths.socketPath, method: 'POST', path: '/v1/ask', body } as const;
  // The models may be at work before the daemon's answer has named their tasks.
  return stopOnSignal(async (signal) => {
    const { tasks } = await askDaemon({ ...call, timeoutMs: START_TIMEOUT_MS }, askStartedSchema, m);
    return await Promise.all(
      tasks.map(async (task) => {
        const answer = await answerOf(cli, task, signal);
        onAnswer(answer);
        return answer;
      }),
    );
  });
}

/** The first question may have to start an OpenCode server. */
export const START_TIMEOUT_MS = 60_000;

async function answerOf(
  { paths: { socketPath }, m }: Cli,
  task: AskStarted['tasks'][number],
  signal: AbortSignal,
): Promise<Answer> {
  if (!task.decision.route) return notAsked(task, m);
  return toAnswer(task, await awaitTask({ socketPath, taskId: task.taskId, signal }), m);
}
