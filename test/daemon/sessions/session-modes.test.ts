import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SessionList, SessionModeSet, SessionStopped } from '../../../src/protocol/session-mode.ts';
import type { TaskEvents, TaskStarted } from '../../../src/protocol/task.ts';
import { buildPrograms } from '../support/build-programs.ts';
import { killDaemons } from '../support/daemon-processes.ts';
import { until } from '../support/until.ts';
import { type Api, useApi } from '../support/use-api.ts';
import { useDaemonHome } from '../support/use-daemon-home.ts';

const programs = await buildPrograms();

const DAY = 24 * 3_600_000;
const HANG = '{"hang":true}';

const set = async (api: Api, mode: string, session = 's1'): Promise<SessionModeSet> =>
  (await api.request('POST', `/v1/sessions/${session}/mode`, { mode })).body as SessionModeSet;

const stop = async (api: Api, session = 's1'): Promise<SessionStopped> =>
  (await api.request('POST', `/v1/sessions/${session}/stop`, {})).body as SessionStopped;

const modeOf = async (api: Api, session = 's1'): Promise<unknown> =>
  ((await api.request('GET', `/v1/sessions/${session}/mode`)).body as { mode: unknown }).mode;

async function start(api: Api, more: object = {}): Promise<TaskStarted> {
  const task = { agent: 'explore', prompt: 'x', directory: api.projectDir, sessionId: 's1', ...more };
  return (await api.request('POST', '/v1/tasks', task)).body as TaskStarted;
}

async function endOf(api: Api, { taskId }: TaskStarted): Promise<TaskEvents['events'][number] | undefined> {
  const path = `/v1/tasks/${taskId}/events?wait=10000`;
  for (let from = 0; ; ) {
    const { events, next, done } = (await api.request('GET', `${path}&from=${from}`)).body as TaskEvents;
    if (done) return events.at(-1);
    from = next;
  }
}

describe('the mode of a session', () => {
  it('is none at first, and counts for the calls of that session alone', async () => {
    const api = await useApi({ config: { mode: 'default' } });
    expect(await modeOf(api)).toBeNull();

    expect(await set(api, 'hulw')).toMatchObject({ sessionId: 's1', mode: 'hulw', changed: true });

    expect(await modeOf(api)).toBe('hulw');
    expect((await start(api)).decision).toMatchObject({ route: true, reason: 'session-hulw-explore' });
    expect((await start(api, { sessionId: 's2' })).decision.reason).toBe('default');
    expect((await start(api, { sessionId: undefined })).decision.reason).toBe('default');
  });

  it('is told once: to the person, and to the model', async () => {
    const api = await useApi();
    expect(await set(api, 'hulw')).toMatchObject({
      notice: expect.stringContaining('hulw is on'),
      context: expect.stringContaining('parallel Agent calls'),
    });
    expect(await set(api, 'hulw')).toMatchObject({ changed: false, notice: null, context: null });
    expect(await set(api, 'ulw')).toMatchObject({ changed: true, notice: expect.stringContaining('ulw') });
    expect((await set(api, 'autopilot')).context).toContain('omcm autopilot guide');
  });

  it('is told in Korean to whom reads Korean, and to nobody who wants it quiet', async () => {
    const korean = await useApi({ config: { locale: 'ko' } });
    expect((await set(korean, 'hulw')).notice).toContain('hulw를 켰습니다');
    const quiet = await useApi({ config: { notifications: { quietMode: true } } });
    expect(await set(quiet, 'hulw')).toMatchObject({ notice: null, context: expect.any(String) });
  });

  it('is switched off by hand, and what runs goes on', async () => {
    const api = await useApi({ config: { mode: 'default' } });
    await set(api, 'hulw');
    const task = await start(api);
    expect(await set(api, 'off')).toMatchObject({ mode: null, changed: true });
    expect(await endOf(api, task)).toMatchObject({ type: 'finished' });
    expect((await start(api)).decision.reason).toBe('default');
  });

  it('ends with its session', async () => {
    const api = await useApi();
    await set(api, 'hulw');
    await api.request('DELETE', '/v1/sessions/s1');
    expect(await modeOf(api)).toBeNull();
  });

  it('ends where nothing was heard of the session for a day, and not before', async () => {
    let now = Date.now();
    const api = await useApi({ config: { mode: 'default' }, now: () => now });
    await set(api, 'hulw');
    now += DAY - 1;
    expect((await start(api)).decision.reason).toBe('session-hulw-explore');
    now += DAY - 1;
    expect(await modeOf(api)).toBe('hulw');
    now += 1;
    expect(await modeOf(api)).toBeNull();
  });

  it('ends where its Claude Code is gone', async () => {
    const api = await useApi();
    const claude = spawn('sleep', ['60']);
    onTestFinished(() => void claude.kill());
    await api.request('POST', '/v1/sessions', {
      sessionId: 's1',
      directory: api.projectDir,
      claudePid: claude.pid,
    });
    await set(api, 'hulw');
    expect(await modeOf(api)).toBe('hulw');
    claude.kill();
    await once(claude, 'exit');
    expect(await modeOf(api)).toBeNull();
  });

  it('is listed with the folder of its session', async () => {
    const api = await useApi();
    const here = { directory: api.projectDir, claudePid: process.pid };
    await api.request('POST', '/v1/sessions', { sessionId: 's1', ...here });
    await api.request('POST', '/v1/sessions', { sessionId: 's2', ...here });
    await set(api, 'ulw');
    const { sessions } = (await api.request('GET', '/v1/sessions')).body as SessionList;
    expect(sessions).toMatchObject([
      { sessionId: 's1', mode: 'ulw', directory: api.projectDir },
      { sessionId: 's2', mode: null, since: null, directory: api.projectDir },
    ]);
  });

  it.each([{ mode: 'turbo' }, { mode: null }, {}, 'hulw'])('is not set by %j', async (body) => {
    const api = await useApi();
    expect(await api.request('POST', '/v1/sessions/s1/mode', body)).toMatchObject({ status: 400 });
    expect(await modeOf(api)).toBeNull();
  });

  it('is not taken for an id that is too long to be one', async () => {
    const api = await useApi();
    const answer = await api.request('POST', `/v1/sessions/${'s'.repeat(300)}/mode`, { mode: 'hulw' });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid' } } });
  });

  it('is explained, and can be supposed', async () => {
    const api = await useApi({ config: { mode: 'default' } });
    await set(api, 'hulw');
    const ask = async (more: object) =>
      ((await api.request('POST', '/v1/route', { agent: 'explore', ...more })).body as TaskStarted).decision;
    expect(await ask({ sessionId: 's1' })).toMatchObject({ step: 'session', reason: 'session-hulw-explore' });
    expect(await ask({ sessionMode: 'autopilot' })).toMatchObject({ reason: 'session-autopilot-explore' });
    expect(await ask({ sessionId: 's1', mode: 'default' })).toMatchObject({ reason: 'default' });
  });
});

describe('a run for a session', () => {
  it('is foreseen as its mode has it', async () => {
    const api = await useApi({ config: { mode: 'default' } });
    await set(api, 'hulw');
    const tasks = [{ id: 'a', agent: 'explore', prompt: 'x' }];
    const foresee = async (more: object) =>
      (await api.request('POST', '/v1/runs/check', { directory: api.projectDir, tasks, ...more })).body;
    expect(await foresee({ sessionId: 's1' })).toMatchObject({ forecast: { onClaude: 0 } });
    expect(await foresee({})).toMatchObject({ forecast: { onClaude: 1 } });
  });
});

describe('stop', () => {
  it('ends the mode and the tasks of the session, and no others', async () => {
    const api = await useApi({ config: { mode: 'fusion' } });
    await set(api, 'hulw');
    const [own, other] = [
      await start(api, { prompt: HANG }),
      await start(api, { prompt: HANG, sessionId: 's2' }),
    ];
    await until(() => api.journal().filter(({ path }) => path?.endsWith('/prompt_async')).length === 2);

    expect(await stop(api)).toMatchObject({
      mode: 'hulw',
      tasks: 1,
      runs: 0,
      notice: 'OMCM: hulw is off. OMCM: cancelled: 1 task.',
      context: expect.stringContaining('Do not start them again'),
    });

    // Begun: else Claude would do over again what the user did not want.
    expect(await endOf(api, own)).toMatchObject({
      type: 'failed',
      begun: true,
      failure: { code: 'stopped' },
    });
    expect(await modeOf(api)).toBeNull();
    expect(await stop(api)).toMatchObject({ mode: null, tasks: 0, runs: 0, notice: null, context: null });
    await api.request('DELETE', `/v1/tasks/${other.taskId}`);
    expect(await endOf(api, other)).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('ends the runs of the session, and starts none of what waits in them', async () => {
    const api = await useApi({ config: { mode: 'default' } });
    await set(api, 'hulw');
    const task = (id: string, dependsOn: readonly string[] = []) => ({
      id,
      agent: 'explore',
      prompt: HANG,
      dependsOn,
    });
    const run = { directory: api.projectDir, sessionId: 's1', tasks: [task('a'), task('b', ['a'])] };
    const { runId } = (await api.request('POST', '/v1/runs', run)).body as { runId: string };
    await until(() => api.journal().some(({ path }) => path?.endsWith('/prompt_async')), 20_000);

    expect(await stop(api)).toMatchObject({ mode: 'hulw', tasks: 0, runs: 1 });

    await until(async () => {
      const read = await api.request('GET', `/v1/runs/${runId}/events`);
      return (read.body as { done: boolean }).done;
    });
    const { events } = (await api.request('GET', `/v1/runs/${runId}/events`)).body as {
      events: readonly { type: string; task: string; end?: { outcome: string } }[];
    };
    const of = (wanted: string) => events.filter(({ type }) => type === wanted);
    expect(of('started').map(({ task: id }) => id)).toEqual(['a']);
    expect(of('ended').map(({ task: id, end }) => [id, end?.outcome])).toEqual([
      ['b', 'cancelled'],
      ['a', 'cancelled'],
    ]);
  });
});

describe('a daemon that starts anew', () => {
  it('knows the modes of one that was killed', async () => {
    const home = useDaemonHome({ config: { mode: 'default' } });
    await home.ensure(programs);
    await home.call('POST', '/v1/sessions/s1/mode', { mode: 'hulw' });
    await home.call('POST', '/v1/sessions/s2/mode', { mode: 'ulw' });
    await home.call('POST', '/v1/sessions/s2/mode', { mode: 'off' });
    const { pid } = await home.status();
    await killDaemons(home.home);

    await home.ensure(programs);

    expect((await home.status()).pid).not.toBe(pid);
    expect((await home.call('GET', '/v1/sessions/s1/mode')).body).toMatchObject({ mode: 'hulw' });
    expect((await home.call('GET', '/v1/sessions/s2/mode')).body).toMatchObject({ mode: null });
  });
});
