/** Reads a task's events to its end. Aborting the signal cancels it at the daemon too. */
import { type TaskEvent, type TaskEvents, taskEventsSchema } from '../protocol/task.ts';
import { callDaemon, DaemonUnreachable } from './call-daemon.ts';

export type AwaitedTask = {
  readonly socketPath: string;
  readonly taskId: string;
  readonly signal: AbortSignal;
  /** Each event as it comes; it must not fail. */
  readonly onEvent?: ((event: TaskEvent) => void) | undefined;
};

export type TaskEnd = {
  readonly text: string;
  /** `null`: the daemon was lost before the task had ended. */
  readonly last: Extract<TaskEvent, { type: 'finished' | 'failed' }> | null;
};

const WAIT_MS = 20_000;
const TIMEOUT_MS = 30_000;

export async function awaitTask({ socketPath, taskId, signal, onEvent }: AwaitedTask): Promise<TaskEnd> {
  const path = `/v1/tasks/${encodeURIComponent(taskId)}`;
  const onAbort = () => void callDaemon({ socketPath, method: 'DELETE', path }).catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  let text = '';
  try {
    for (let from = 0; ; ) {
      const { events, next } = await readEvents(socketPath, `${path}/events?from=${from}&wait=${WAIT_MS}`);
      for (const event of events) {
        onEvent?.(event);
        if (event.type === 'text') text += event.text;
        if (event.type === 'finished' || event.type === 'failed') return { text, last: event };
      }
      from = next;
    }
  } catch (error) {
    if (error instanceof DaemonUnreachable) return { text, last: null };
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function readEvents(socketPath: string, path: string): Promise<TaskEvents> {
  const { status, body } = await callDaemon({ socketPath, path, timeoutMs: TIMEOUT_MS });
  const parsed = taskEventsSchema.safeParse(body);
  // Another daemon that was started meanwhile does not know the task.
  if (status !== 200 || !parsed.success) throw new DaemonUnreachable(`status ${status}`);
  return parsed.data;
}
