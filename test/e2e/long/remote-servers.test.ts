import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callDaemon, streamFromDaemon } from '../../../src/client/call-daemon.ts';
import type { PoolStatus, ServerStatus } from '../../../src/protocol/status.ts';
import type { TaskEvent } from '../../../src/protocol/task.ts';
import { isRunning, stopProcess } from '../../support/stop-process.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';
import { useOtherDisk } from '../../support/use-other-disk.ts';
import { type RemoteOpencode, useRemoteOpencode } from '../../support/use-remote-opencode.ts';

const PASSWORD_ENV = 'FAR_PASSWORD';

function settings({ url, minServers }: { readonly url: string; readonly minServers: number }) {
  const remotes = [{ url, username: 'opencode', passwordEnv: PASSWORD_ENV }];
  return { mode: 'fusion', opencode: { startTimeout: 90_000 }, pool: { minServers, remotes } };
}

/** Only the remote, as long as it is there and can do the work. */
async function useFarOmcm(variable: 'right' | 'wrong' | 'missing' = 'right') {
  const right = { [PASSWORD_ENV]: 'a password of the other machine' };
  const variables = { right, wrong: { [PASSWORD_ENV]: 'wrong' }, missing: {} }[variable];
  const omcm = await useOmcm({ variables });
  const far = await useRemoteOpencode(omcm.providers);
  omcm.configure(settings({ url: far.url, minServers: 0 }));
  omcm.providers.google.on({
    answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 500 }),
  });
  return { omcm, far };
}

async function delegate(omcm: Omcm, prompt: string, more: object = {}): Promise<string> {
  const body = { agent: 'Explore', prompt, directory: omcm.home.projectDir, ...more };
  const { socketPath } = omcm;
  let text = '';
  for await (const line of streamFromDaemon({
    socketPath,
    method: 'POST',
    path: '/v1/tasks?stream=1',
    body,
  })) {
    const event = line as TaskEvent;
    if (event.type === 'text') text += event.text;
    if (event.type === 'failed') text += `failed: ${event.failure.code}`;
  }
  return text;
}

async function untilPool(omcm: Omcm, holds: (status: PoolStatus) => boolean): Promise<PoolStatus> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { opencode: status } = await omcm.status();
    if (holds(status)) return status;
    if (Date.now() > deadline) throw new Error(`the pool never came so far: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const remoteOf = ({ servers }: PoolStatus) => servers.find(({ kind }) => kind === 'remote');
const ownOf = ({ servers }: PoolStatus) => servers.filter(({ kind }) => kind === 'own');
const isReached = (status: PoolStatus) => remoteOf(status)?.state === 'ready';
const untilReached = (omcm: Omcm) => untilPool(omcm, isReached);

/** It is there, and has been asked whether it sees the project. */
async function reach(omcm: Omcm, far: RemoteOpencode): Promise<void> {
  await far.start();
  await omcm.start();
  await untilReached(omcm);
  await omcm.warm();
}

const tasksDone = (server: ServerStatus | undefined) => server?.tasksDone;
const sessionsOf = (far: RemoteOpencode, { home }: Omcm) =>
  far.ask(`/session?directory=${encodeURIComponent(home.projectDir)}`) as Promise<readonly object[]>;

describe('a server on another machine', () => {
  it('takes tasks, is replaced by servers of ours while it is gone, and is used again when it is back', async () => {
    const { omcm, far } = await useFarOmcm();
    await reach(omcm, far);

    expect(await delegate(omcm, 'far away')).toBe('done: far away');
    const before = await untilPool(omcm, (status) => tasksDone(remoteOf(status)) === 1);
    expect(ownOf(before)).toEqual([]);
    expect(remoteOf(before)).toMatchObject({ url: far.url, port: null, pid: null, lastError: null });
    expect(readdirSync(omcm.home.projectDir).filter((name) => name.startsWith('.omcm-'))).toEqual([]);
    expect(await sessionsOf(far, omcm)).toEqual([]);

    const running = delegate(omcm, 'in the middle');
    await untilPool(omcm, (status) => remoteOf(status)?.tasksRunning === 1);
    await far.kill();
    expect(await running).toBe('done: in the middle');
    const without = await untilPool(omcm, (status) => remoteOf(status)?.state !== 'ready');
    expect(ownOf(without).length).toBeGreaterThan(0);
    expect(remoteOf(without)?.lastError).toContain(far.url);

    await reach(omcm, far);
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((prompt) => delegate(omcm, prompt)));
    expect(answers).toEqual(['done: a', 'done: b', 'done: c', 'done: d']);
    const after = await untilPool(omcm, ({ servers }) =>
      servers.every(({ tasksRunning }) => tasksRunning === 0),
    );
    expect(tasksDone(remoteOf(after))).toBeGreaterThan(0);

    const daemon = omcm.daemonPid() ?? 0;
    await callDaemon({ socketPath: omcm.socketPath, method: 'POST', path: '/v1/shutdown', body: {} });
    await stopProcess(daemon);
    expect(isRunning(far.pid())).toBe(true);
    expect(await far.ask('/global/health')).toMatchObject({ healthy: true });
  }, 240_000);

  it('keeps a conversation as long as it is reached, and no session of ours afterwards', async () => {
    const { omcm, far } = await useFarOmcm();
    await reach(omcm, far);

    await delegate(omcm, 'first', { agentId: 'a1' });
    await delegate(omcm, 'second', { agentId: 'a1', resumed: true });
    expect(JSON.stringify(omcm.providers.google.journal().at(-1)?.body)).toContain('first');
    expect(await sessionsOf(far, omcm)).toHaveLength(1);

    await callDaemon({ socketPath: omcm.socketPath, method: 'POST', path: '/v1/shutdown', body: {} });
    await stopProcess(omcm.daemonPid() ?? 0);
    expect(await sessionsOf(far, omcm)).toEqual([]);
  });

  it('gets no task for a folder that is another one there, though it has the same name', async () => {
    const { omcm, far } = await useFarOmcm();
    const there = mkdtempSync(join(omcm.home.root, 'other-disk-'));
    const url = await useOtherDisk(far.url, { here: omcm.home.projectDir, there });
    omcm.configure(settings({ url, minServers: 0 }));
    await far.start();
    await omcm.start();
    await untilReached(omcm);

    expect(await delegate(omcm, 'here')).toBe('done: here');

    const { opencode } = await omcm.status();
    expect(tasksDone(remoteOf(opencode))).toBe(0);
    expect(ownOf(opencode)).toHaveLength(1);
  });

  it.each([
    ['wrong', 'refused the user name or the password'],
    ['missing', `${PASSWORD_ENV} is not set`],
  ] as const)(
    'whose password is %s is failed, with what to do, and tasks go elsewhere',
    async (which, why) => {
      const { omcm, far } = await useFarOmcm(which);
      await far.start();
      await omcm.start();

      const status = await untilPool(omcm, (each) => remoteOf(each)?.state === 'failed');
      expect(remoteOf(status)?.lastError).toContain(why);
      expect(await delegate(omcm, 'here')).toBe('done: here');
      expect(readFileSync(join(omcm.stateDir, 'logs', 'omcmd.log'), 'utf8')).not.toContain(far.password);
    },
  );
});
