import { describe, expect, it } from 'vitest';
import type { PoolStatus } from '../../../src/protocol/status.ts';
import { isRunning, stopProcess } from '../../support/stop-process.ts';
import { useOmcm } from '../../support/use-omcm.ts';
import {
  askPool,
  delegate,
  delegateAll,
  poolOf,
  readyServers,
  textOf,
  untilPool,
  untilReady,
} from '../pool/use-pool.ts';

describe('the pool of OpenCode servers', () => {
  it('keeps no server as long as nothing was ever delegated', async () => {
    const omcm = await useOmcm({ config: { mode: 'default' } });
    await omcm.start();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await poolOf(omcm)).servers).toEqual([]);
  });

  it('grows under load, works on everything once, and shrinks to what is asked for', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', pool: { sessionsPerServer: 2, maxServers: 2 } } });
    omcm.providers.google.on({
      answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 3_000 }),
    });
    await omcm.warm();
    const prompts = Array.from({ length: 6 }, (_, index) => `task ${index}`);
    const orders = prompts.map((prompt) => ({ prompt }));

    const running = delegateAll(omcm, orders, orders.length);
    await untilReady(omcm, 2);
    const answers = await running;

    expect(answers.map(textOf)).toEqual(prompts.map((prompt) => `done: ${prompt}`));
    const asked = omcm.providers.google.journal().map(({ lastUserText }) => lastUserText);
    expect([...asked].sort()).toEqual(prompts);
    await askPool(omcm, 'scale', { servers: 1 });
    await untilPool(omcm, ({ servers }) => servers.length === 1);
  });

  it('replaces a server that is killed, and another one answers what it took with it', async () => {
    const omcm = await useOmcm({
      config: { mode: 'fusion', pool: { sessionsPerServer: 4, minServers: 2, maxServers: 2 } },
    });
    omcm.providers.google.on({
      answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 2_000 }),
    });
    await omcm.warm();
    const [victim] = await untilReady(omcm, 2);
    const prompts = Array.from({ length: 8 }, (_, index) => `task ${index}`);
    const orders = prompts.map((prompt) => ({ prompt }));

    const running = delegateAll(omcm, orders, orders.length);
    await expect.poll(omcm.providers.google.journal, { timeout: 30_000 }).toHaveLength(8);
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    expect((await running).map(textOf)).toEqual(prompts.map((prompt) => `done: ${prompt}`));

    const asked = omcm.providers.google.journal().map(({ lastUserText }) => lastUserText);
    const again = prompts.filter((prompt) => asked.filter((one) => one === prompt).length === 2);
    expect([asked.length, again.length]).toEqual([12, 4]);
    await untilReady(omcm, 2);
    expect(textOf(await delegate(omcm, { prompt: 'afterwards' }))).toBe('done: afterwards');
  });

  it('recycles a server without cutting its task', async () => {
    const omcm = await useOmcm();
    omcm.providers.google.on({
      answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 2_000 }),
    });
    await omcm.warm();
    const [before] = readyServers(await poolOf(omcm));

    const running = delegate(omcm, { prompt: 'not to be cut' });
    await untilPool(omcm, ({ servers }) => servers.some(({ tasksRunning }) => tasksRunning === 1));
    await askPool(omcm, 'recycle', {});

    expect(textOf(await running)).toBe('done: not to be cut');
    const isReplaced = (status: PoolStatus) =>
      readyServers(status).length > 0 && !status.servers.some(({ pid }) => pid === before?.pid);
    await untilPool(omcm, isReplaced);
    expect(isRunning(before?.pid ?? 0)).toBe(false);
  });

  it('leaves no server behind when the daemon is killed, and the next daemon serves', async () => {
    const omcm = await useOmcm();
    omcm.providers.google.on({ answer: { text: 'done' } });
    await omcm.warm();
    const [server] = readyServers(await poolOf(omcm));
    const daemon = omcm.daemonPid() ?? 0;

    process.kill(daemon, 'SIGKILL');
    await stopProcess(daemon);
    await omcm.warm();

    expect(textOf(await delegate(omcm, { prompt: 'again' }))).toBe('done');
    expect(isRunning(server?.pid ?? 0)).toBe(false);
  });
});
