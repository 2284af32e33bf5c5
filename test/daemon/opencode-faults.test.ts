import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toOpencodeRules } from '../../src/core/permissions/opencode-rules.ts';
import type { Status } from '../../src/protocol/status.ts';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { OWN_BASE_PORT } from '../support/own-ports.ts';
import { isRunning } from '../support/stop-process.ts';
import { runTask as run } from './support/run-task.ts';
import { until } from './support/until.ts';
import { type Api, useApi } from './support/use-api.ts';

const QUICK = { opencode: { startTimeout: 1_000, stallTimeout: 1_000 } };
const spoilt = (fault: string) => ({ config: QUICK, env: { FAKE_OPENCODE_FAULT: fault } });

const serversOf = (api: Api) => api.journal().flatMap(({ started }) => started ?? []);

describe('an OpenCode that', () => {
  it('is not installed is named, with what to do', async () => {
    const api = await useApi({ config: { opencode: { command: 'no-such-opencode' } } });
    expect(await run(api)).toMatchObject({
      type: 'failed',
      failure: { code: 'opencode-not-installed' },
      begun: false,
    });
    const { recentProblems } = (await api.request('GET', '/v1/status')).body as Status;
    expect(recentProblems.map(({ code }) => code)).toContain('opencode-not-installed');
  });

  it('ends as soon as it is started is one failure, and the next calls are told at once', async () => {
    const api = await useApi({
      config: { opencode: { command: process.execPath, args: ['-e', 'process.exit(7)', '--'] } },
    });
    expect(await run(api)).toMatchObject({
      failure: { code: 'server-start-failed', detail: expect.stringContaining('exit 7') },
    });
    const startedAt = performance.now();
    expect(await run(api)).toMatchObject({ failure: { code: 'server-start-failed' } });
    expect(performance.now() - startedAt).toBeLessThan(300);
  });

  it.each([
    ['never says that it is ready', 'never-ready', 'server-start-failed'],
    ['answers with errors only', 'answers-500', 'server-start-failed'],
    ['gives no events', 'no-events', 'server-start-failed'],
    ['opens no session', 'no-session', 'server-refused'],
    ['answers a request for a session with an error', 'no-session-500', 'server-refused'],
    ['dies when a session is asked for', 'dies-at-session', 'server-died'],
  ])('%s costs no more than the time that it has, and is not left behind', async (_what, fault, code) => {
    const api = await useApi(spoilt(fault));
    const startedAt = performance.now();
    expect(await run(api)).toMatchObject({ type: 'failed', failure: { code }, begun: false });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    await api.daemon.close();
    expect(serversOf(api).length).toBeGreaterThan(0);
    for (const server of serversOf(api)) await until(() => !isRunning(server));
  });

  it('is slow to start is waited for by all that came meanwhile, and started once', async () => {
    const api = await useApi({ env: { FAKE_OPENCODE_FAULT: 'slow-start' } });
    const endings = await Promise.all(['a', 'b', 'c'].map((prompt) => run(api, prompt)));
    expect(endings.map(({ type }) => type)).toEqual(['finished', 'finished', 'finished']);
    expect(serversOf(api)).toHaveLength(1);
  });

  it('takes no prompt is given up when the task has no time left', async () => {
    const api = await useApi(spoilt('no-prompt'));
    expect(await run(api, 'x', { timeoutMs: 700 })).toMatchObject({ failure: { code: 'deadline-exceeded' } });
  });

  it('falls silent is given up after the configured patience', async () => {
    const api = await useApi({ config: { opencode: { stallTimeout: 1_000 } } });
    expect(await run(api, { say: ['too late'], everyMs: 5_000 })).toMatchObject({
      failure: { code: 'provider-silent' },
    });
  });

  it('dies in the middle of an answer has begun only if something of it was handed out', async () => {
    const api = await useApi();
    expect(await run(api, { say: ['short'], die: true })).toMatchObject({
      failure: { code: 'server-died' },
      begun: false,
    });
    expect(await run(api, { say: ['long '.repeat(200)], die: true })).toMatchObject({
      failure: { code: 'server-died' },
      begun: true,
    });
  });

  it('dies after it has written a file has begun, and the file is named', async () => {
    const api = await useApi();
    const writes = `${api.projectDir}/made.txt`;
    expect(await run(api, { say: ['short'], writes, die: true })).toMatchObject({
      failure: { code: 'server-died' },
      begun: true,
      outcome: { filesChanged: ['made.txt'] },
    });
  });

  it('died is replaced for the next call', async () => {
    const api = await useApi();
    await run(api, { die: true });
    expect(await run(api)).toMatchObject({ type: 'finished' });
    // The first call was tried on two of them.
    expect(new Set(serversOf(api)).size).toBe(3);
  });

  it('wants to ask its provider again later is not waited for', async () => {
    const api = await useApi();
    expect(await run(api, { refuse: 'Rate limit reached' })).toMatchObject({
      failure: { code: 'provider-rate-limited' },
    });
    expect(api.journal().some(({ path }) => path?.endsWith('/abort'))).toBe(true);
  });
});

describe('a port', () => {
  it('that a stranger listens on is skipped, and the stranger is not spoken to', async () => {
    let visits = 0;
    const strangers = await Promise.all(
      [OWN_BASE_PORT, OWN_BASE_PORT + 1].map(
        (port) =>
          new Promise<Server | null>((resolve) => {
            const server = createServer(() => {
              visits += 1;
            });
            // Somebody else has it already: as good.
            server.once('error', () => resolve(null));
            server.listen(port, '127.0.0.1', () => resolve(server));
          }),
      ),
    );
    onTestFinished(() => strangers.forEach((server) => void server?.close()));
    const api = await useApi();

    expect(await run(api)).toMatchObject({ type: 'finished' });

    const [server] = api.journal().filter(({ started }) => started !== undefined);
    expect(server?.port).toBeGreaterThan(4097);
    expect(visits).toBe(0);
    expect(strangers.every((stranger) => stranger === null || stranger.listening)).toBe(true);
  });
});

describe('a port that somebody takes', () => {
  it('between the look at it and the bind is left to him, and another one is tried', async () => {
    const api = await useApi({ env: { FAKE_OPENCODE_FAULT: 'first-port-taken' } });
    expect(await run(api)).toMatchObject({ type: 'finished' });
    expect(serversOf(api)).toHaveLength(2);
    expect((await api.request('GET', '/v1/status')).body).toMatchObject({ recentProblems: [] });
  });
});

describe('a prompt to a subagent that has worked before', () => {
  const call = { agentId: 'a1', resumed: true };

  it('goes on in the same session', async () => {
    const api = await useApi();
    await run(api, 'first', { agentId: 'a1' });
    expect(await run(api, 'second', call)).toMatchObject({ type: 'finished' });
    const sessions = api.journal().filter(({ method, path }) => method === 'POST' && path === '/session');
    expect(sessions).toHaveLength(1);
  });

  it('has the rights of this turn, and not of the earlier one', async () => {
    const api = await useApi();
    const writer = { agent: 'oh-my-claudecode:writer', agentId: 'a1' };
    await run(api, 'first', { ...writer, permissionMode: 'acceptEdits' });
    await run(api, 'second', { ...writer, permissionMode: 'plan', resumed: true });
    const regranted = api.journal().find(({ method }) => method === 'PATCH');
    expect(regranted?.body?.permission).toEqual(toOpencodeRules({ kind: 'read-only' }));
  });

  it.each([
    ['that we do not know', async () => {}],
    [
      'that Claude has answered itself',
      async (api: Api) => void (await run(api, { refuse: '429' }, { agentId: 'a1' })),
    ],
  ])('stays on Claude for a subagent %s', async (_who, before) => {
    const api = await useApi();
    await before(api);
    const task = { agent: 'explore', prompt: 'more', directory: api.projectDir, ...call };
    const { body } = await api.request('POST', '/v1/tasks', task);
    expect((body as TaskStarted).decision).toMatchObject({ route: false, reason: 'resumed-on-claude' });
  });

  it('is not answered as if it were the first, when the server that knew the others has died', async () => {
    const api = await useApi();
    await run(api, 'first', { agentId: 'a1' });
    await run(api, { die: true });
    expect(await run(api, 'second', call)).toMatchObject({ failure: { code: 'server-died' }, begun: false });
  });
});
