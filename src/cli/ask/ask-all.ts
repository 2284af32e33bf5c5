/** Has every model asked at once, and tells each answer as it comes. Ctrl-C cancels those that are still at work. */
import { awaitTask } from '../../client/await-task.ts';
import { type AskRequest, type AskStarted, askStartedSchema } from '../../protocol/ask.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { type Answer, notAsked, toAnswer } from './answer.ts';

/** In the order in which the models were named. */
export async function askAll(
  cli: Cli,
  body: AskRequest,
  onAnswer: (answer: Answer) => void,
): Promise<readonly Answer[]> {
  const { paths, m } = cli;
  const call = { socketPath: paths.socketPath, method: 'POST', path: '/v1/ask', body } as const;
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  // The models may be at work before the daemon's answer has named their tasks.
  process.once('SIGINT', onInterrupt);
  try {
    const { tasks } = await askDaemon({ ...call, timeoutMs: START_TIMEOUT_MS }, askStartedSchema, m);
    return await Promise.all(
      tasks.map(async (task) => {
        const answer = await answerOf(cli, task, interrupt.signal);
        onAnswer(answer);
        return answer;
      }),
    );
  } finally {
    process.off('SIGINT', onInterrupt);
  }
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
