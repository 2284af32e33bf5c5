/** A task as one response: a line of JSON for each event. Whoever hangs up cancels the task. */
import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type { TaskStarted } from '../../protocol/task.ts';
import type { RunningTask } from '../delegation/running-task.ts';

export function streamTask(c: Context, task: RunningTask, started: TaskStarted): Response {
  c.header('content-type', 'application/x-ndjson');
  return stream(c, async (out) => {
    out.onAbort(() => task.cancel());
    const line = (value: unknown) => out.write(`${JSON.stringify(value)}\n`);
    await line(started);
    if (!started.decision.route) return;
    for (let from = 0; ; ) {
      const { events, next, done } = await task.read(from, 10_000);
      for (const event of events) await line(event);
      if (done || out.aborted) return;
      from = next;
    }
  });
}
