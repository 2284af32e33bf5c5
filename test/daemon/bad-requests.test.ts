import { describe, expect, it } from 'vitest';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { buildPrograms } from './support/build-programs.ts';
import { type Api, useApi } from './support/use-api.ts';
import { useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

async function decide(api: Api, task: object): Promise<TaskStarted['decision']> {
  const call = { agent: 'explore', prompt: 'look', directory: api.projectDir, ...task };
  const answer = await api.request('POST', '/v1/tasks', call);
  expect(answer.status).toBe(200);
  return (answer.body as TaskStarted).decision;
}

describe('a request that makes no sense is told so, where', () => {
  it.each([
    ['its body is not JSON', 'hello', 'not-json'],
    ['its body is half of a JSON', '{"agent":"explore",', 'not-json'],
    ['its body is a list', '[]', 'invalid'],
    ['its body is null', 'null', 'invalid'],
    ['its body is a number', '42', 'invalid'],
    ['its body is empty', '', 'invalid'],
    ['a field is missing', { agent: 'explore', directory: '/' }, 'invalid'],
    ['a field has another type', { agent: 'explore', prompt: 5, directory: '/' }, 'invalid'],
    ['the directory is empty', { agent: 'explore', prompt: 'x', directory: '' }, 'invalid'],
    ['the agent is longer than any name', { agent: 'x'.repeat(513), prompt: 'x', directory: '/' }, 'invalid'],
    ['the limit is negative', { agent: 'a', prompt: 'x', directory: '/', timeoutMs: -1 }, 'invalid'],
  ])('%s', async (_what, body, code) => {
    const api = await useApi();
    for (const path of ['/v1/tasks', '/v1/tasks?stream=1']) {
      expect(await api.request('POST', path, body)).toMatchObject({ status: 400, body: { error: { code } } });
    }
    expect(api.journal()).toEqual([]);
  });

  it('names the field', async () => {
    const api = await useApi();
    const { body } = await api.request('POST', '/v1/tasks', { agent: 'explore', prompt: 'x' });
    expect(body).toMatchObject({ error: { message: expect.stringContaining('directory') } });
  });

  it.each([
    ['GET', '/'],
    ['GET', '/v2/status'],
    ['POST', '/v1/nothing'],
    ['PUT', '/v1/tasks'],
    ['GET', '/v1/tasks'],
  ])('nothing stands at %s %s', async (method, path) => {
    const api = await useApi();
    expect(await api.request(method, path)).toMatchObject({
      status: 404,
      body: { error: { code: 'not-found' } },
    });
  });

  it.each(['nobody', '..%2F..%2Fetc', '%00', '__proto__'])('no task has the id %s', async (id) => {
    const api = await useApi();
    expect(await api.request('GET', `/v1/tasks/${id}/events`)).toMatchObject({
      status: 404,
      body: { error: { code: 'no-such-task' } },
    });
  });
});

describe('a call stays on Claude', () => {
  it.each(['unknown-agent', '', ' ', 'a:b:c', '../../etc/passwd'])(
    'of the unknown agent %j',
    async (agent) => {
      const api = await useApi();
      expect(await decide(api, { agent })).toMatchObject({ route: false, reason: 'unknown-agent' });
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'oh-my-claudecode:__proto__'])(
    'of an agent named like a part of JavaScript: %s',
    async (agent) => {
      const api = await useApi({ config: { agents: { explore: { stays: false } } } });
      expect(await decide(api, { agent })).toMatchObject({ route: false, reason: 'unknown-agent' });
    },
  );

  it('of an agent with control characters in its name, which reach no log as they are', async () => {
    const api = await useApi();
    const decision = await decide(api, { agent: 'ex\u0000pl\u001b[31more\n' });
    expect(decision).toMatchObject({ route: false, reason: 'unknown-agent' });
    expect(JSON.stringify(decision.agent)).not.toMatch(/\\u00/);
    await api.daemon.close();
    expect(api.routingLog()).toHaveLength(1);
  });

  it.each([
    ['that is not there', '/nowhere/at/all'],
    ['that is a file', import.meta.filename],
    ['that is relative', '.'],
    ['that no system could have', '/tmp/\u0000'],
  ])('in a directory %s', async (_what, directory) => {
    const api = await useApi();
    expect(await decide(api, { directory })).toMatchObject({ route: false, reason: 'directory-missing' });
    expect(api.journal()).toEqual([]);
  });
});

describe('what is too large', () => {
  it('is refused with a sentence, and the daemon goes on', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    const task = { agent: 'explore', prompt: 'x'.repeat(10_000_000), directory: home.projectDir };

    for (const path of ['/v1/tasks', '/v1/tasks?stream=1']) {
      expect(await home.call('POST', path, task)).toMatchObject({
        status: 413,
        body: { error: { code: 'too-large', message: expect.stringContaining('8388608') } },
      });
    }

    expect((await home.call('GET', '/v1/health')).status).toBe(200);
    expect(home.journal()).toEqual([]);
  });

  it('is not what fits: a prompt of seven megabytes arrives as it was sent', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    const prompt = JSON.stringify({ say: ['ok'], filler: '가"\n'.repeat(700_000) });
    const events: unknown[] = [];
    for await (const line of home.stream({ agent: 'explore', prompt, directory: home.projectDir }))
      events.push(line);
    expect(events.at(-1)).toMatchObject({ type: 'finished' });
    const prompted = home.journal().find(({ path }) => path?.endsWith('/prompt_async'));
    expect(JSON.stringify(prompted?.body).includes(JSON.stringify(prompt))).toBe(true);
  });
});
