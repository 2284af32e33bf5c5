// Settings that the servers show: how many there are, what they take on, and when they go.
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Status } from '../../src/protocol/status.ts';
import type { TaskEvent } from '../../src/protocol/task.ts';
import { runTask } from '../daemon/support/run-task.ts';
import { until } from '../daemon/support/until.ts';
import { OWN_BASE_PORT } from '../support/own-ports.ts';
import { type Settings, useSettings } from './use-settings.ts';

const FAKE_OPENCODE = join(import.meta.dirname, '..', 'daemon', 'support', 'fake-opencode.mjs');
const HANGS = { hang: true };

const poolOf = async ({ ask }: Settings) => (await ask<Status>('GET', '/v1/status')).opencode;
const readyIn = async (settings: Settings) =>
  (await poolOf(settings)).servers.filter(({ state }) => state === 'ready').length;
const startsIn = ({ journal }: Settings) => journal().flatMap(({ started }) => started ?? []);

describe('as many servers are there', () => {
  it('as pool.minServers says, once one was used', async () => {
    const settings = await useSettings({ config: { pool: { minServers: 2 } } });
    await runTask(settings);
    await until(async () => (await readyIn(settings)) === 2);
  });

  it('as pool.maxServers allows, for tasks of which each takes pool.sessionsPerServer', async () => {
    const settings = await useSettings({ config: { pool: { maxServers: 2, sessionsPerServer: 2 } } });
    for (let task = 0; task < 5; task += 1) await settings.begin(HANGS);
    await until(async () => (await readyIn(settings)) === 2);
    await until(async () => (await poolOf(settings)).waiting === 1);
    const { servers } = await poolOf(settings);
    expect(servers.map(({ tasksRunning }) => tasksRunning)).toEqual([2, 2]);
  });

  it('as were there before, without pool.autoScale', async () => {
    const pool = { maxServers: 2, sessionsPerServer: 1, autoScale: false };
    const settings = await useSettings({ config: { pool } });
    for (let task = 0; task < 3; task += 1) await settings.begin(HANGS);
    await until(async () => (await poolOf(settings)).waiting === 2);
    expect((await poolOf(settings)).servers).toHaveLength(1);
    expect(startsIn(settings)).toHaveLength(1);
  });
});

it('pool.maxWaiting tasks wait for a server, and more are refused', async () => {
  const pool = { maxServers: 1, sessionsPerServer: 1, maxWaiting: 1 };
  const settings = await useSettings({ config: { pool } });
  await settings.begin(HANGS);
  await until(() => settings.journal().some(({ path }) => path?.endsWith('/prompt_async')));
  await settings.begin(HANGS);
  await until(async () => (await poolOf(settings)).waiting === 1);
  const { taskId } = await settings.begin({ say: ['x'] });
  const events = await settings.follow<TaskEvent>(`/v1/tasks/${taskId}/events`);
  expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { code: 'pool-full' } });
});

it('pool.basePort is the first port that is tried', async () => {
  const basePort = OWN_BASE_PORT + 200;
  await expect(isFree(basePort), 'nobody listens there').resolves.toBe(true);
  const settings = await useSettings({ config: { pool: { basePort } } });
  await runTask(settings);
  expect(settings.journal().find(({ started }) => started)?.port).toBe(basePort);
});

describe('a server on another machine is asked', () => {
  it('by the user name and the password of its variable', async () => {
    const asked: string[] = [];
    const server = createHttpServer((request, response) => {
      asked.push(request.headers.authorization ?? '');
      response.writeHead(401).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const remotes = [{ url, username: 'till', passwordEnv: 'FAR_PASSWORD' }];
    await useSettings({ config: { pool: { remotes } }, env: { FAR_PASSWORD: 'far away' } });
    await until(() => asked.length > 0);
    expect(asked[0]).toBe(`Basic ${Buffer.from('till:far away').toString('base64')}`);
  });
});

describe('a server is replaced', () => {
  it('after pool.maxTasks', async () => {
    const settings = await useSettings({ config: { pool: { maxTasks: 2 } } });
    await runTask(settings);
    expect(startsIn(settings)).toHaveLength(1);
    await runTask(settings);
    await until(() => startsIn(settings).length === 2);
  });

  it('after pool.maxAgeHours', async () => {
    let now = Date.now();
    const settings = await useSettings({ config: { pool: { maxAgeHours: 3 } }, now: () => now });
    await runTask(settings);
    now += 2 * 3_600_000;
    await runTask(settings);
    expect(startsIn(settings)).toHaveLength(1);
    now += 2 * 3_600_000;
    await runTask(settings);
    await until(() => startsIn(settings).length === 2);
  });

  it.each([
    [256, 2],
    [1_024, 1],
  ])('that holds more than pool.maxMemoryMb: %d', async (maxMemoryMb, starts) => {
    let now = Date.now();
    const fat = 'data:text/javascript,globalThis.fat=Buffer.alloc(3e8,1)';
    const opencode = { args: ['--import', fat, FAKE_OPENCODE] };
    const settings = await useSettings({ config: { opencode, pool: { maxMemoryMb } }, now: () => now });
    await runTask(settings);
    const isMeasured = async () =>
      (await poolOf(settings)).servers.some(({ rssBytes }) => (rssBytes ?? 0) > 3e8);
    await until(async () => {
      // Servers are looked at every half a minute, when something happens.
      now += 31_000;
      await runTask(settings);
      return startsIn(settings).length === starts && (starts > 1 || (await isMeasured()));
    });
    await runTask(settings);
    expect(startsIn(settings)).toHaveLength(starts);
  });
});

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
