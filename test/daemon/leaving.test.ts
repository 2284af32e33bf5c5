import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TaskEvents, TaskStarted } from '../../src/protocol/task.ts';
import { isRunning } from '../support/stop-process.ts';
import { buildPrograms } from './support/build-programs.ts';
import { until } from './support/until.ts';
import { type DaemonHome, useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

/** The shortest that the configuration takes: 0.6 seconds. */
const IMPATIENT = { daemon: { idleExitMinutes: 0.01 } };

const task = (home: DaemonHome, script: object) => ({
  agent: 'explore',
  prompt: JSON.stringify(script),
  directory: home.projectDir,
});
const pieces = (count: number) => Array.from({ length: count }, (_, i) => `piece ${i}. `);

async function startDaemon(home: DaemonHome): Promise<number> {
  const ensured = await home.ensure(programs);
  return ensured.ok ? ensured.health.pid : 0;
}

/** The server that the daemon has started. */
const serverOf = (home: DaemonHome) => home.journal().find(({ started }) => started)?.started ?? -1;

async function startTask(home: DaemonHome, script: object): Promise<string> {
  return ((await home.call('POST', '/v1/tasks', task(home, script))).body as TaskStarted).taskId;
}

async function poll(home: DaemonHome, id: string, from: number): Promise<TaskEvents> {
  return (await home.call('GET', `/v1/tasks/${id}/events?from=${from}&wait=5000`)).body as TaskEvents;
}

describe('a daemon that nobody needs', () => {
  it('leaves after the configured time, with its server, and takes its files with it', async () => {
    const home = useDaemonHome({ config: IMPATIENT });
    await startDaemon(home);
    await home.call('POST', '/v1/warm', { directory: home.projectDir });
    await until(() => serverOf(home) > 0);
    const server = serverOf(home);

    await until(() => home.daemons().length === 0);

    expect(existsSync(home.paths.socketPath)).toBe(false);
    expect(existsSync(home.paths.endpointFile)).toBe(false);
    await until(() => !isRunning(server));
  });
});

describe('SIGTERM', () => {
  it('lets a running task end, takes no new one, and leaves nothing behind', async () => {
    const home = useDaemonHome();
    const pid = await startDaemon(home);
    const lines = home.stream(task(home, { say: pieces(10), everyMs: 100 }));
    await lines.next();
    await until(() => serverOf(home) > 0);
    const server = serverOf(home);

    process.kill(pid, 'SIGTERM');
    await until(async () => (await home.status()).state === 'draining');
    expect((await home.call('POST', '/v1/tasks', task(home, {}))).status).toBe(503);
    const step = { model: 'claude', stream: true, messages: [{ role: 'user', content: 'Go on.' }] };
    expect((await home.call('POST', '/v1/messages', step)).status).toBe(503);
    const events: unknown[] = [];
    for await (const line of lines) events.push(line);

    expect(events.at(-1)).toMatchObject({ type: 'finished' });
    await until(() => home.daemons().length === 0);
    expect(existsSync(home.paths.socketPath)).toBe(false);
    expect(existsSync(home.paths.endpointFile)).toBe(false);
    await until(() => !isRunning(server));
  });

  it('waits until a client that polls has fetched the end of its task', async () => {
    const home = useDaemonHome();
    const pid = await startDaemon(home);
    const id = await startTask(home, { say: ['the answer'], everyMs: 200 });

    process.kill(pid, 'SIGTERM');
    await sleep(600);
    const events: TaskEvents['events'][number][] = [];
    // On a busy machine the task may have only begun by now.
    for (let from = 0, isDone = false; !isDone; ) {
      const read = await poll(home, id, from);
      events.push(...read.events);
      [from, isDone] = [read.next, read.done];
    }

    expect(events.map(({ type }) => type)).toEqual(['text', 'finished']);
    await until(() => home.daemons().length === 0, 10_000);
  });

  it('sent twice ends the daemon at once, and its server with it', async () => {
    const home = useDaemonHome();
    const pid = await startDaemon(home);
    const lines = home.stream(task(home, { hang: true }));
    await lines.next();
    await until(() => serverOf(home) > 0);
    const server = serverOf(home);

    process.kill(pid, 'SIGTERM');
    await until(async () => (await home.status()).state === 'draining');
    process.kill(pid, 'SIGTERM');

    await until(() => home.daemons().length === 0, 1_500);
    expect(existsSync(home.paths.socketPath)).toBe(false);
    expect(existsSync(home.paths.endpointFile)).toBe(false);
    await until(() => !isRunning(server));
    await lines.return(undefined);
  });
});

describe('a request to leave', () => {
  it('without draining ends the running task with a failure that says so', async () => {
    const home = useDaemonHome();
    await startDaemon(home);
    const id = await startTask(home, { hang: true });
    const polling = poll(home, id, 0);

    await home.call('POST', '/v1/shutdown', { drain: false });

    expect((await polling).events.at(-1)).toMatchObject({ type: 'failed', begun: false });
    await until(() => home.daemons().length === 0, 4_000);
  });

  it('that no longer drains overrules one that does', async () => {
    const home = useDaemonHome();
    await startDaemon(home);
    const lines = home.stream(task(home, { hang: true }));
    await lines.next();
    await home.call('POST', '/v1/shutdown', { drain: true });

    await home.call('POST', '/v1/shutdown', { drain: false });

    await until(() => home.daemons().length === 0, 4_000);
    await lines.return(undefined);
  });
});
