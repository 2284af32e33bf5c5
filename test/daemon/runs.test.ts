import { describe, expect, it } from 'vitest';
import type { RunEvents } from '../../src/protocol/run.ts';
import { type Api, useApi } from './support/use-api.ts';

const task = (id: string, more: object = {}) => ({ id, agent: 'explore', prompt: 'look', ...more });

const start = (api: Api, ...tasks: readonly object[]) =>
  api.request('POST', '/v1/runs', { directory: api.projectDir, tasks });

describe('a run that makes no sense is refused, and nothing starts, where', () => {
  it.each([
    ['it has no tasks', [], 'tasks'],
    ['a task has no prompt', [task('a', { prompt: ' ' })], 'tasks.0.prompt'],
    ['two tasks have one id', [task('a'), task('a')], '"a"'],
    ['a need is not there', [task('a', { dependsOn: ['b'] })], '"b"'],
    [
      'tasks wait for each other',
      [task('a', { dependsOn: ['b'] }), task('b', { dependsOn: ['a'] })],
      'a → b → a',
    ],
  ])('%s', async (_what, tasks, said) => {
    const api = await useApi();
    const { status, body } = await start(api, ...tasks);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid', message: expect.stringContaining(said) } },
    });
    expect((await api.request('GET', '/v1/runs')).body).toEqual({ runs: [] });
    expect(api.journal()).toEqual([]);
  });
});

describe('a run', () => {
  it('is known by its id only', async () => {
    const api = await useApi();
    for (const [method, path] of [
      ['GET', '/v1/runs/nobody/events'],
      ['DELETE', '/v1/runs/nobody'],
      ['DELETE', '/v1/runs/nobody/a'],
    ] as const) {
      expect(await api.request(method, path)).toMatchObject({
        status: 404,
        body: { error: { code: 'no-such-run' } },
      });
    }
  });

  it('hands back to a conductor what stays on Claude, and says that it was not done', async () => {
    const api = await useApi();
    const body = { directory: api.projectDir, client: 'conductor', tasks: [task('a', { agent: 'planner' })] };
    const { runId } = (await api.request('POST', '/v1/runs', body)).body as { runId: string };
    const read = (await api.request('GET', `/v1/runs/${runId}/events?from=1&wait=5000`)).body as RunEvents;
    expect(read.events).toMatchObject([
      { type: 'ended', task: 'a', end: { outcome: 'claude', reason: expect.any(String) }, work: null },
    ]);
    expect(api.journal()).toEqual([]);
  });

  it('fails a task that a rule blocks, with the message of the rule', async () => {
    const rule = { id: 'no', action: 'block', when: { agent: 'explore' }, message: 'Not here.' };
    const api = await useApi({ config: { rules: [rule] } });
    const started = await start(api, task('a'));
    expect(started).toMatchObject({ status: 200 });
    const { runId } = started.body as { runId: string };
    const read = (await api.request('GET', `/v1/runs/${runId}/events?from=1&wait=5000`)).body as RunEvents;
    expect(read.events).toMatchObject([
      {
        type: 'ended',
        task: 'a',
        end: { outcome: 'failed', code: 'blocked', message: expect.stringContaining('Not here.') },
      },
    ]);
    expect(api.journal()).toEqual([]);
  });
});
