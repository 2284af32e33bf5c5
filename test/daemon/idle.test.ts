import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { until } from './support/until.ts';
import { type Api, useApi } from './support/use-api.ts';

type Timed = Api & { readonly pass: (ms: number) => void };

/** A daemon whose clock stands still until the test moves it. */
async function useTimedApi(): Promise<Timed> {
  let now = Date.now();
  const api = await useApi({ now: () => now });
  return {
    ...api,
    pass: (ms) => {
      now += ms;
    },
  };
}

describe('a daemon is idle', () => {
  it('from the last request on', async () => {
    const { daemon, pass, request } = await useTimedApi();
    pass(5_000);
    expect(daemon.idleFor()).toBe(5_000);
    await request('GET', '/v1/health');
    expect(daemon.idleFor()).toBe(0);
    pass(100);
    expect(daemon.idleFor()).toBe(100);
  });

  it('not while a session lives, and then from its end on', async () => {
    const { daemon, pass, request, projectDir } = await useTimedApi();
    const claude = spawn('sleep', ['60'], { stdio: 'ignore' });
    onTestFinished(() => void claude.kill('SIGKILL'));
    await request('POST', '/v1/sessions', { sessionId: 's', directory: projectDir, claudePid: claude.pid });
    pass(3_600_000);
    expect(daemon.idleFor()).toBe(0);

    claude.kill('SIGKILL');
    await until(async () => (await daemon.services.status()).sessions === 0);
    expect(daemon.idleFor()).toBe(0);
    pass(1_000);
    expect(daemon.idleFor()).toBe(1_000);
  });

  it('not because of a session that never said whose it is', async () => {
    const { daemon, pass, request, projectDir } = await useTimedApi();
    await request('POST', '/v1/sessions', { sessionId: 's', directory: projectDir });
    pass(1_000);
    expect(daemon.idleFor()).toBe(1_000);
  });

  it('not while a task runs, and then from its end on', async () => {
    const { daemon, pass, request, projectDir } = await useTimedApi();
    const task = { agent: 'explore', prompt: '{"hang":true}', directory: projectDir };
    const { taskId } = (await request('POST', '/v1/tasks', task)).body as TaskStarted;
    pass(3_600_000);
    expect(daemon.idleFor()).toBe(0);

    daemon.services.findTask(taskId)?.cancel();
    await until(async () => (await daemon.services.status()).tasks.running === 0);
    pass(1_000);
    expect(daemon.idleFor()).toBe(1_000);
  });
});
