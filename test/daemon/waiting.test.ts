import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/protocol/status.ts';
import type { TaskEvents, TaskStarted } from '../../src/protocol/task.ts';
import { until } from './support/until.ts';
import { useApi } from './support/use-api.ts';

describe('a task that waits for a server', () => {
  it('leaves the queue when it is cancelled', async () => {
    const api = await useApi({
      config: { mode: 'fusion', pool: { maxServers: 1, sessionsPerServer: 1, maxWaiting: 1 } },
    });
    const { request, projectDir } = api;
    const start = async (prompt: string) => {
      const task = { agent: 'explore', prompt, directory: projectDir };
      return ((await request('POST', '/v1/tasks', task)).body as TaskStarted).taskId;
    };
    const waiting = async () => ((await request('GET', '/v1/status')).body as Status).opencode.waiting;
    const hanging = await start('{"hang":true}');
    await until(async () => api.journal().some(({ path }) => path?.endsWith('/prompt_async')));
    const second = await start('second');
    await until(async () => (await waiting()) === 1);

    await request('DELETE', `/v1/tasks/${second}`);
    await until(async () => (await waiting()) === 0);

    const third = await start('third');
    await until(async () => (await waiting()) === 1);
    await request('DELETE', `/v1/tasks/${hanging}`);
    await until(async () => ((await request('GET', `/v1/tasks/${third}/events`)).body as TaskEvents).done);
    expect((await request('GET', `/v1/tasks/${third}/events`)).body).toMatchObject({
      events: [{ type: 'text', text: 'echo: third' }, { type: 'finished' }],
    });
  });
});
