import { describe, expect, it } from 'vitest';
import type { TaskEvents, TaskStarted } from '../../src/protocol/task.ts';
import { until } from './support/until.ts';
import { type Api, useApi } from './support/use-api.ts';

const opened = (api: Api) =>
  api.journal().filter(({ method, path }) => method === 'POST' && path === '/session');
const call = (api: Api, more: object = {}) => ({
  agent: 'explore',
  directory: api.projectDir,
  toolUseId: 'toolu_1',
  sessionId: 's1',
  ...more,
});

async function start(api: Api, prompt: string, more: object = {}): Promise<TaskStarted> {
  return (await api.request('POST', '/v1/tasks', { prompt, ...call(api, more) })).body as TaskStarted;
}

async function run(api: Api, prompt: string, more: object = {}): Promise<TaskStarted> {
  const started = await start(api, prompt, more);
  const events = `/v1/tasks/${started.taskId}/events`;
  if (started.decision.route)
    await until(async () => ((await api.request('GET', events)).body as TaskEvents).done);
  return started;
}

const LONG_STAYS = { id: 'long', action: 'force_claude', when: { promptChars: '> 20' } };
const SQL_GOES = { id: 'sql', action: 'force_opencode', when: { files: '*.sql' } };
const LONG = 'a prompt of more than twenty characters';

describe('a rule that asks for the prompt', () => {
  it('decides with the prompt, though the call was announced without it', async () => {
    const api = await useApi({ config: { rules: [LONG_STAYS] } });
    await api.request('POST', '/v1/prepare', call(api));
    const kept = await run(api, LONG);
    expect(kept.decision).toMatchObject({ route: false, reason: 'rule-force-claude-long' });

    await api.request('POST', '/v1/prepare', call(api, { toolUseId: 'toolu_2' }));
    expect((await run(api, 'short', { toolUseId: 'toolu_2' })).decision.route).toBe(true);
  });

  it('decides so also in the moment in which the announcement is still on its way', async () => {
    const api = await useApi({ config: { rules: [LONG_STAYS] } });
    void api.request('POST', '/v1/prepare', call(api));
    expect((await run(api, LONG)).decision.route).toBe(false);
  });

  it('has no session opened for calls of which nothing is known yet', async () => {
    const api = await useApi({ config: { rules: [LONG_STAYS] } });
    await api.request('POST', '/v1/sessions', { sessionId: 's1', directory: api.projectDir });
    await api.request('POST', '/v1/prepare', call(api));
    await run(api, LONG);
    expect(opened(api)).toEqual([]);
  });

  it('routes by the files that the prompt names', async () => {
    const api = await useApi({ config: { mode: 'default', rules: [SQL_GOES] } });
    expect((await run(api, 'look into db/schema.sql')).decision).toMatchObject({
      route: true,
      reason: 'rule-force-opencode-sql',
    });
    expect((await run(api, 'look around', { toolUseId: 'toolu_2' })).decision.reason).toBe('default');
  });
});

describe('a rule that blocks', () => {
  const rules = [
    { id: 'no-writers', action: 'block', message: 'Write it yourself.', when: { agent: 'writer' } },
  ];

  it('has nobody answer, and is written down as such', async () => {
    const api = await useApi({ config: { rules } });
    const { decision } = await run(api, 'x', { agent: 'writer' });
    expect(decision.block).toEqual({ rule: 'no-writers', message: 'Write it yourself.' });
    expect(opened(api)).toEqual([]);
    await until(() => api.routingLog().length === 1);
    expect(api.routingLog()).toMatchObject([
      { decision: 'block', target: 'nobody', provider: null, reason: 'rule-block-no-writers', step: 'force' },
    ]);
  });
});

describe('the rules of the user', () => {
  it('count from the next call after they were changed', async () => {
    const api = await useApi({ config: { rules: [] } });
    expect((await run(api, 'x')).decision.route).toBe(true);
    const { writeFileSync } = await import('node:fs');
    const rules = [{ id: 'mine', action: 'force_claude' }];
    writeFileSync(api.paths.userConfigFile, JSON.stringify({ rules }));
    expect((await run(api, 'x', { toolUseId: 'toolu_2' })).decision.reason).toBe('rule-force-claude-mine');
  });
});

describe('the log of a decision', () => {
  it('holds what it was made from, and what each step said', async () => {
    const api = await useApi({ config: { rules: [{ id: 'mine', action: 'prefer_claude' }] } });
    await api.request('POST', '/v1/prepare', call(api));
    await run(api, 'read src/a.ts', { permissionMode: 'plan' });
    await until(() => api.routingLog().length === 1);
    const [line] = api.routingLog();
    expect(line).toMatchObject({
      decision: 'native',
      reason: 'rule-prefer-claude-mine',
      step: 'rule',
      steps: {
        switch: null,
        limit: null,
        rule: { said: 'rule-prefer-claude-mine', route: false },
        mode: { said: 'fusion-default-explore', route: true },
        permission: null,
      },
      inputs: {
        mode: 'fusion',
        enabled: true,
        fallback: false,
        quota: { fiveHour: null, weekly: null },
        permissionMode: 'plan',
        project: api.projectDir,
        prompt: { chars: 13, files: ['src/a.ts'] },
        connected: null,
      },
    });
    expect(JSON.stringify(line).length).toBeLessThan(4_000);
  });

  it('holds it also where the task itself overruled the decision', async () => {
    const api = await useApi();
    await run(api, 'x', { directory: `${api.projectDir}/gone` });
    await until(() => api.routingLog().length === 1);
    expect(api.routingLog()[0]).toMatchObject({
      reason: 'directory-missing',
      step: 'task',
      steps: { mode: { said: 'fusion-default-explore', route: true } },
    });
  });
});
