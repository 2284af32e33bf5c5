import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Preparation } from '../../../src/daemon/delegation/prepare-task.ts';
import { createPreparedTasks } from '../../../src/daemon/delegation/prepared-tasks.ts';
import type { TaskEvents, TaskStarted } from '../../../src/protocol/task.ts';
import { until } from '../support/until.ts';
import { type Api, useApi } from '../support/use-api.ts';

const opened = (api: Api) =>
  api.journal().filter(({ method, path }) => method === 'POST' && path === '/session');
const announced = (api: Api, more: object = {}) => ({
  agent: 'explore',
  directory: api.projectDir,
  toolUseId: 'toolu_1',
  sessionId: 's1',
  ...more,
});

async function run(api: Api, task: object): Promise<TaskEvents> {
  const { body } = await api.request('POST', '/v1/tasks', { prompt: 'hello', ...task });
  const { taskId } = body as TaskStarted;
  const events = `/v1/tasks/${taskId}/events`;
  await until(async () => ((await api.request('GET', events)).body as TaskEvents).done);
  return (await api.request('GET', events)).body as TaskEvents;
}

describe('a call that was announced', () => {
  it('has its session open when it comes, and uses it', async () => {
    const api = await useApi();
    expect((await api.request('POST', '/v1/prepare', announced(api))).status).toBe(202);
    await until(() => opened(api).length === 1);
    expect((await run(api, announced(api))).events).toMatchObject([
      { type: 'text', text: 'echo: hello' },
      { type: 'finished' },
    ]);
    expect(opened(api)).toHaveLength(1);
  });

  it('is decided when it comes, where it came before its preparation was done', async () => {
    const api = await useApi();
    void api.request('POST', '/v1/prepare', announced(api));
    expect((await run(api, announced(api))).events.at(-1)).toMatchObject({ type: 'finished' });
    expect(opened(api)).toHaveLength(1);
  });

  it('with other rights is another call', async () => {
    const api = await useApi();
    await api.request('POST', '/v1/prepare', announced(api, { permissionMode: 'bypassPermissions' }));
    await until(() => opened(api).length === 1);
    await run(api, announced(api, { permissionMode: 'plan' }));
    expect(opened(api)).toHaveLength(2);
  });

  it('that stays on Claude opens nothing', async () => {
    const api = await useApi({ config: { mode: 'default' } });
    await api.request('POST', '/v1/prepare', announced(api));
    const { body } = await api.request('POST', '/v1/tasks', { prompt: 'x', ...announced(api) });
    expect(body).toMatchObject({ decision: { route: false, reason: 'default' } });
    expect(api.journal()).toEqual([]);
  });

  it.each(['nonsense', '[]', '{}'])('as %s is told so', async (body) => {
    const api = await useApi();
    expect((await api.request('POST', '/v1/prepare', body)).status).toBe(400);
  });
});

describe('a preparation', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const REQUEST = {
    agent: 'explore',
    directory: '/project',
    toolUseId: 'toolu_1',
    permissionMode: 'default',
    toolName: 'Agent',
    via: 'mod',
    resumed: false,
  } as const;

  function prepare() {
    const discard = vi.fn(async () => undefined);
    const firstSession = Promise.resolve({ discard });
    const preparation = {
      id: 'p',
      done: Promise.resolve({ work: { firstSession } }),
      abandon: () => undefined,
    } as unknown as Preparation;
    return { preparation, discard };
  }

  it('is given once', () => {
    const tasks = createPreparedTasks();
    const { preparation } = prepare();
    tasks.add(REQUEST, preparation);
    expect([tasks.take(REQUEST), tasks.take(REQUEST)]).toEqual([preparation, null]);
  });

  it('that nobody asks for is given back after a while', async () => {
    const tasks = createPreparedTasks();
    const { preparation, discard } = prepare();
    tasks.add(REQUEST, preparation);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(discard).toHaveBeenCalledOnce();
    expect(tasks.take(REQUEST)).toBeNull();
  });

  it('that was asked for is not given back', async () => {
    const tasks = createPreparedTasks();
    const { preparation, discard } = prepare();
    tasks.add(REQUEST, preparation);
    tasks.take(REQUEST);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(discard).not.toHaveBeenCalled();
  });

  it('is given back when the same call is announced again', async () => {
    const tasks = createPreparedTasks();
    const [first, second] = [prepare(), prepare()];
    tasks.add(REQUEST, first.preparation);
    tasks.add(REQUEST, second.preparation);
    await vi.advanceTimersByTimeAsync(0);
    expect(first.discard).toHaveBeenCalledOnce();
    expect(tasks.take(REQUEST)).toBe(second.preparation);
  });

  it.each([
    ['of another agent', { agent: 'architect' }],
    ['in another folder', { directory: '/other' }],
    ['with other rights', { permissionMode: 'plan' }],
    ['of another session', { sessionId: 's2' }],
    ['that goes on', { resumed: true }],
    ['without a name', { toolUseId: undefined }],
  ])('is not for a call %s', (_what, other) => {
    const tasks = createPreparedTasks();
    tasks.add(REQUEST, prepare().preparation);
    expect(tasks.take({ ...REQUEST, ...other })).toBeNull();
  });
});
