import { describe, expect, it } from 'vitest';
import { callDaemon, streamFromDaemon } from '../../src/client/call-daemon.ts';
import type { PoolStatus } from '../../src/protocol/status.ts';
import type { TaskEvent } from '../../src/protocol/task.ts';
import { isRunning, stopProcess } from '../support/stop-process.ts';
import { type Omcm, useOmcm } from '../support/use-omcm.ts';

async function delegate(omcm: Omcm, prompt: string): Promise<readonly TaskEvent[]> {
  const { socketPath, home } = omcm;
  const body = { agent: 'Explore', prompt, directory: home.projectDir };
  const lines: unknown[] = [];
  for await (const line of streamFromDaemon({
    socketPath,
    method: 'POST',
    path: '/v1/tasks?stream=1',
    body,
  })) {
    lines.push(line);
  }
  return lines.slice(1) as TaskEvent[];
}

function textOf(events: readonly TaskEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

async function pool(omcm: Omcm): Promise<PoolStatus> {
  return (await omcm.status()).opencode;
}

async function ask(omcm: Omcm, what: 'scale' | 'recycle', body: object): Promise<void> {
  await callDaemon({ socketPath: omcm.socketPath, method: 'POST', path: `/v1/pool/${what}`, body });
}

async function untilPool(omcm: Omcm, holds: (status: PoolStatus) => boolean): Promise<PoolStatus> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const status = await pool(omcm);
    if (holds(status)) return status;
    if (Date.now() > deadline) throw new Error(`the pool never came so far: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const ready = ({ servers }: PoolStatus) => servers.filter(({ state }) => state === 'ready');

describe('the pool of OpenCode servers', () => {
  it('keeps no server as long as nothing was ever delegated', async () => {
    const omcm = await useOmcm({ config: { mode: 'default' } });
    await omcm.start();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await pool(omcm)).servers).toEqual([]);
  });

  it('grows under load, works on everything once, and shrinks to what is asked for', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', pool: { sessionsPerServer: 2, maxServers: 2 } } });
    omcm.providers.google.on({
      answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 3_000 }),
    });
    await omcm.warm();
    const prompts = Array.from({ length: 6 }, (_, index) => `task ${index}`);

    const running = Promise.all(prompts.map((prompt) => delegate(omcm, prompt)));
    await untilPool(omcm, (status) => ready(status).length === 2);
    const answers = await running;

    expect(answers.map(textOf)).toEqual(prompts.map((prompt) => `done: ${prompt}`));
    const asked = omcm.providers.google.journal().map(({ lastUserText }) => lastUserText);
    expect([...asked].sort()).toEqual(prompts);
    await ask(omcm, 'scale', { servers: 1 });
    await untilPool(omcm, ({ servers }) => servers.length === 1);
  });

  it('replaces a server that is killed, and every task ends once: answered, or failed with its reason', async () => {
    const omcm = await useOmcm({
      config: { mode: 'fusion', pool: { sessionsPerServer: 4, minServers: 2, maxServers: 2 } },
    });
    omcm.providers.google.on({
      answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 2_000 }),
    });
    await omcm.warm();
    const [victim] = ready(await untilPool(omcm, (status) => ready(status).length === 2));
    const prompts = Array.from({ length: 8 }, (_, index) => `task ${index}`);

    const running = Promise.all(prompts.map((prompt) => delegate(omcm, prompt)));
    await untilPool(omcm, ({ servers }) => servers.every(({ tasksRunning }) => tasksRunning === 4));
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    const endings = (await running).map((events) => events.at(-1));

    expect(endings.filter((ending) => ending?.type === 'finished')).toHaveLength(4);
    const failures = endings.flatMap((ending) => (ending?.type === 'failed' ? [ending.failure.code] : []));
    expect(failures).toEqual(['server-died', 'server-died', 'server-died', 'server-died']);
    await untilPool(omcm, (status) => ready(status).length === 2);
    expect(textOf(await delegate(omcm, 'afterwards'))).toBe('done: afterwards');
  });

  it('recycles a server without cutting its task', async () => {
    const omcm = await useOmcm();
    omcm.providers.google.on({
      answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 2_000 }),
    });
    await omcm.warm();
    const [before] = ready(await pool(omcm));

    const running = delegate(omcm, 'not to be cut');
    await untilPool(omcm, ({ servers }) => servers.some(({ tasksRunning }) => tasksRunning === 1));
    await ask(omcm, 'recycle', {});

    expect(textOf(await running)).toBe('done: not to be cut');
    const isReplaced = (status: PoolStatus) =>
      ready(status).length > 0 && !status.servers.some(({ pid }) => pid === before?.pid);
    await untilPool(omcm, isReplaced);
    expect(isRunning(before?.pid ?? 0)).toBe(false);
  });

  it('leaves no server behind when the daemon is killed, and the next daemon serves', async () => {
    const omcm = await useOmcm();
    omcm.providers.google.on({ answer: { text: 'done' } });
    await omcm.warm();
    const [server] = ready(await pool(omcm));
    const daemon = omcm.daemonPid() ?? 0;

    process.kill(daemon, 'SIGKILL');
    await stopProcess(daemon);
    await omcm.warm();

    expect(textOf(await delegate(omcm, 'again'))).toBe('done');
    expect(isRunning(server?.pid ?? 0)).toBe(false);
  });
});
