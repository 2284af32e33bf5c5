/** Sends one task to the daemon and follows its events to the end. Hanging up cancels the task. */
import { DaemonRefused, streamFromDaemon } from '../../client/call-daemon.ts';
import { type TaskEvent, type TaskRequest, taskEventSchema, taskStartedSchema } from '../../protocol/task.ts';
import { CommandError } from '../command-error.ts';
import { refusedBy, strangeAnswer } from '../daemon/ask-daemon.ts';
import type { Messages } from '../messages.ts';
import { advanceResult, hasEnded, NO_RESULT, type TaskResult, withFailure } from './task-result.ts';

export type FollowedTask = {
  readonly socketPath: string;
  readonly request: TaskRequest;
  readonly signal: AbortSignal;
  readonly onStart: (started: TaskResult) => void;
  readonly onEvent: (event: TaskEvent) => void;
};

/** Throws only where the daemon would not take the task at all. */
export async function followTask(task: FollowedTask, m: Messages): Promise<TaskResult> {
  let result = NO_RESULT;
  try {
    for await (const line of linesOf(task)) {
      result = result.decision === null ? begin(task, line, m) : advance(task, line, result);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (error instanceof DaemonRefused) throw refusedBy(error, m);
    // However the stream broke, it ended before the task did, which is told below.
  }
  if (hasEnded(result)) return result;
  const [code, message] = task.signal.aborted
    ? ['cancelled', m.run.cancelled()]
    : ['daemon-lost', m.run.lost()];
  return withFailure(result, code, message);
}

function linesOf({ socketPath, request, signal }: FollowedTask): AsyncGenerator<unknown> {
  return streamFromDaemon({ socketPath, method: 'POST', path: '/v1/tasks?stream=1', body: request, signal });
}

function begin(task: FollowedTask, line: unknown, m: Messages): TaskResult {
  const parsed = taskStartedSchema.safeParse(line);
  if (!parsed.success) throw strangeAnswer(m);
  const started = { ...NO_RESULT, ...parsed.data };
  task.onStart(started);
  return started;
}

/** A newer daemon may tell events that we do not know. */
function advance(task: FollowedTask, line: unknown, result: TaskResult): TaskResult {
  const parsed = taskEventSchema.safeParse(line);
  if (!parsed.success) return result;
  task.onEvent(parsed.data);
  return advanceResult(result, parsed.data);
}
