import type { TaskEvent, TaskEvents, TaskStarted } from '../../../src/protocol/task.ts';
import type { Api } from './use-api.ts';

export type Ending = Extract<TaskEvent, { type: 'finished' | 'failed' }>;

/** A script is one for the stand-in for OpenCode. */
export async function runTask(api: Api, script: object | string = 'x', more: object = {}): Promise<Ending> {
  const prompt = typeof script === 'string' ? script : JSON.stringify(script);
  const task = { agent: 'explore', prompt, directory: api.projectDir, ...more };
  const { taskId } = (await api.request('POST', '/v1/tasks', task)).body as TaskStarted;
  for (let from = 0; ; ) {
    const { status, body } = await api.request('GET', `/v1/tasks/${taskId}/events?from=${from}&wait=5000`);
    // Asked on, an error that comes at once would never let a timer of the test run.
    if (status !== 200) throw new Error(`the daemon says ${status}: ${JSON.stringify(body)}`);
    const { events, next, done } = body as TaskEvents;
    if (done) return events.at(-1) as Ending;
    from = next;
  }
}
