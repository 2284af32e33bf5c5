import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callDaemon } from '../../src/client/call-daemon.ts';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { buildPrograms } from './support/build-programs.ts';
import { until } from './support/until.ts';
import { type DaemonHome, useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

const endless = (home: DaemonHome) => ({
  agent: 'explore',
  prompt: '{"hang":true}',
  directory: home.projectDir,
});

async function useRunningDaemon(): Promise<DaemonHome> {
  const home = useDaemonHome();
  await home.ensure(programs);
  return home;
}

async function startTask(home: DaemonHome): Promise<string> {
  const started = await home.call('POST', '/v1/tasks', endless(home));
  await until(() => wasAsked(home, '/prompt_async'));
  return (started.body as TaskStarted).taskId;
}

const wasAsked = (home: DaemonHome, what: string) => home.journal().some(({ path }) => path?.endsWith(what));

/** The session is aborted, and the daemon has nothing to do any more. */
async function untilCancelled(home: DaemonHome): Promise<void> {
  await until(() => wasAsked(home, '/abort'));
  await until(async () => (await home.status()).tasks.running === 0);
  await until(() => home.routingLog().some(({ reason }) => reason === 'failed-cancelled'));
}

describe('a task is cancelled, in OpenCode too,', () => {
  it('when the client that streams it hangs up', async () => {
    const home = await useRunningDaemon();
    const lines = home.stream(endless(home));
    await lines.next();
    await until(() => wasAsked(home, '/prompt_async'));

    await lines.return(undefined);

    await untilCancelled(home);
  });

  it('when the client that polls it hangs up in the middle of a poll', async () => {
    const home = await useRunningDaemon();
    const id = await startTask(home);
    const hangUp = new AbortController();
    const { socketPath } = home.paths;
    const path = `/v1/tasks/${id}/events?wait=20000`;
    const polling = callDaemon({ socketPath, path, signal: hangUp.signal }).catch(() => 'hung up');
    await sleep(200);

    hangUp.abort();

    expect(await polling).toBe('hung up');
    await untilCancelled(home);
  });

  it('when somebody asks for it', async () => {
    const home = await useRunningDaemon();
    const id = await startTask(home);
    const polling = home.call('GET', `/v1/tasks/${id}/events?wait=20000`);

    expect((await home.call('DELETE', `/v1/tasks/${id}`)).status).toBe(200);

    expect((await polling).body).toMatchObject({
      events: [{ type: 'failed', failure: { code: 'cancelled' }, begun: false }],
      done: true,
    });
    await untilCancelled(home);
  });

  it('when its time is up', async () => {
    const home = await useRunningDaemon();
    const events: unknown[] = [];
    for await (const line of home.stream({ ...endless(home), timeoutMs: 500 })) events.push(line);
    expect(events.at(-1)).toMatchObject({ type: 'failed', failure: { code: 'deadline-exceeded' } });
    expect(wasAsked(home, '/abort')).toBe(true);
  });
});

describe('a client that hangs up before it was answered', () => {
  it('leaves no task behind', async () => {
    const home = await useRunningDaemon();
    // The server is there, so that the task begins at once.
    await home.call('POST', '/v1/warm', { directory: home.projectDir });
    const body = JSON.stringify(endless(home));
    const head = `POST /v1/tasks?stream=1 HTTP/1.1\r\nhost: omcm\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    await new Promise<void>((resolve) => {
      const socket = connect(home.paths.socketPath, () => {
        socket.write(head + body, () => resolve(void socket.destroy()));
      });
    });

    await until(async () => (await home.status()).tasks.total === 1);
    await until(async () => (await home.status()).tasks.running === 0, 4_000);
  });
});

describe('a poll', () => {
  it('waits for the next event and not longer, and gives the events from any point again', async () => {
    const home = await useRunningDaemon();
    const say = ['a'.repeat(500), 'b'.repeat(500)];
    const task = { ...endless(home), prompt: JSON.stringify({ say, everyMs: 300 }) };
    const { taskId } = (await home.call('POST', '/v1/tasks', task)).body as TaskStarted;
    const poll = (query: string) => home.call('GET', `/v1/tasks/${taskId}/events?${query}`);

    const startedAt = performance.now();
    expect((await poll('from=0&wait=0')).body).toEqual({ events: [], next: 0, done: false });
    const first = (await poll('from=0&wait=20000')).body;
    expect(first).toMatchObject({ events: [{ type: 'text' }], next: 1, done: false });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await until(async () => ((await poll('from=1&wait=1000')).body as { done: boolean }).done);

    const { body: again } = await poll('from=nonsense');
    expect(again).toMatchObject({ done: true, next: 3 });
    const { events } = again as { events: { text?: string }[] };
    expect(events.map(({ text }) => text ?? '').join('')).toBe(say.join(''));
  });
});
