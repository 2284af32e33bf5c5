import { streamFromDaemon } from '../src/client/call-daemon.ts';
import type { TaskEvent } from '../src/protocol/task.ts';
import type { BenchHome } from './bench-home.ts';

export type Order = {
  readonly prompt: string;
  readonly agent?: string;
  readonly sessionId?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

/** The last event of the task: how it ended. */
export async function delegate(
  { socketPath, home }: BenchHome,
  { prompt, agent = 'Explore', sessionId, timeoutMs, signal }: Order,
): Promise<TaskEvent | undefined> {
  const body = {
    agent,
    prompt,
    directory: home.projectDir,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
  const call = { socketPath, method: 'POST', path: '/v1/tasks?stream=1', body } as const;
  let last: unknown;
  for await (const line of streamFromDaemon(signal === undefined ? call : { ...call, signal })) last = line;
  return last as TaskEvent | undefined;
}

/** How long the answer took; an error where there was none. */
export async function timeTask(home: BenchHome, order: Order): Promise<number> {
  const startedAt = performance.now();
  const last = await delegate(home, order);
  if (last?.type !== 'finished') throw new Error(`no answer: ${JSON.stringify(last)}`);
  return performance.now() - startedAt;
}
