import { describe, expect, it } from 'vitest';
import { toOpencodeRules } from '../../src/core/permissions/opencode-rules.ts';
import type { AskCheck, AskStarted } from '../../src/protocol/ask.ts';
import type { TaskEvents } from '../../src/protocol/task.ts';
import { type Api, useApi } from './support/use-api.ts';

const ask = (api: Api, more: object = {}) =>
  api.request('POST', '/v1/ask', { prompt: 'Which?', directory: api.projectDir, ...more });

async function endOf(api: Api, taskId: string) {
  for (let from = 0; ; ) {
    const { body } = await api.request('GET', `/v1/tasks/${taskId}/events?from=${from}&wait=5000`);
    const { events, next, done } = body as TaskEvents;
    if (done) return events.at(-1);
    from = next;
  }
}

const promptsOf = (api: Api) =>
  api.journal().flatMap(({ path, body }) => (path?.endsWith('/prompt_async') ? [body] : []));

describe('a question to several models', () => {
  it('is asked of each of them, which may only read', async () => {
    const api = await useApi();
    const { tasks } = (await ask(api, { models: ['gpt-5.2-codex', 'gemini'] })).body as AskStarted;
    expect(tasks.map(({ model }) => model)).toEqual(['openai/gpt-5.2-codex', 'google/gemini-3-flash']);
    for (const { taskId } of tasks) expect(await endOf(api, taskId)).toMatchObject({ type: 'finished' });
    expect(promptsOf(api).map((body) => body?.model)).toEqual(
      expect.arrayContaining([
        { providerID: 'openai', modelID: 'gpt-5.2-codex' },
        { providerID: 'google', modelID: 'gemini-3-flash' },
      ]),
    );
    const granted = api
      .journal()
      .flatMap(({ body }) => (body?.permission === undefined ? [] : [body.permission]));
    expect(granted).toEqual([toOpencodeRules({ kind: 'read-only' }), toOpencodeRules({ kind: 'read-only' })]);
  });

  it('goes to the usual model of each connected provider where none is named', async () => {
    const api = await useApi();
    const check = (await api.request('POST', '/v1/ask/check', { prompt: 'x', directory: api.projectDir }))
      .body as AskCheck;
    expect(check).toMatchObject({ models: ['openai/gpt-5.2', 'google/gemini-3-flash'], unknown: [] });
    expect(check.check.forecast).toMatchObject({ tasks: 2, tokens: 0, unknownTasks: 2 });
    expect(promptsOf(api)).toEqual([]);
  });

  it('is asked of nobody where one of them is not connected, and it is said who is', async () => {
    const api = await useApi();
    expect(await ask(api, { models: ['gpt-5.2', 'gpt-9'] })).toMatchObject({
      status: 400,
      body: {
        error: { code: 'unknown-model', message: expect.stringMatching(/gpt-9.*google\/gemini-3-flash/) },
      },
    });
    expect(promptsOf(api)).toEqual([]);
  });

  it('over a budget is refused with the figures, until it is confirmed', async () => {
    const api = await useApi({ config: { budgets: { day: 20 } } });
    const [first] = ((await ask(api, { models: ['gpt-5.2'] })).body as AskStarted).tasks;
    await endOf(api, first?.taskId ?? '');
    const { status, body } = await ask(api, { models: ['gpt-5.2', 'gemini'] });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      error: { code: 'over-budget' },
      exceeded: [{ scope: 'day', used: 21, expected: 42 }],
    });
    const confirmed = (await ask(api, { models: ['gpt-5.2', 'gemini'], confirmed: true })).body as AskStarted;
    expect(confirmed.tasks.map(({ decision }) => decision.route)).toEqual([true, true]);
  });

  it('is written down under its own reason, and is no call that a replay could decide otherwise', async () => {
    const api = await useApi();
    await ask(api, { models: ['gpt-5.2'] });
    await api.daemon.services.recorder.flush();
    const [line] = api.routingLog();
    expect(line).toMatchObject({
      agent: 'ask',
      decision: 'route',
      reason: 'asked-openai/gpt-5.2',
      step: 'task',
    });
    expect(line).not.toHaveProperty('inputs');
  });
});
