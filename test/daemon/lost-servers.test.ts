import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/protocol/status.ts';
import { isRunning } from '../support/stop-process.ts';
import { type Ending, runTask } from './support/run-task.ts';
import { until } from './support/until.ts';
import { type Api, useApi } from './support/use-api.ts';

const SERVERS = 3;

async function statusOf(api: Api): Promise<Status> {
  return (await api.request('GET', '/v1/status')).body as Status;
}

const readyIn = ({ opencode }: Status) => opencode.servers.filter(({ state }) => state === 'ready').length;

async function untilReady(api: Api): Promise<void> {
  await until(async () => readyIn(await statusOf(api)) === SERVERS, 15_000);
}

const failuresOf = (endings: readonly Ending[]) =>
  endings.flatMap((ending) => (ending.type === 'failed' ? [ending.failure] : []));

describe('a task that only reads', () => {
  const pool = { minServers: SERVERS, maxServers: SERVERS, basePort: 14_700 };

  it('outlives its server, though the others die as well, a moment later', async () => {
    const api = await useApi({ config: { pool } });
    await runTask(api, 'the pool is used');
    await untilReady(api);
    const running = Array.from({ length: 6 }, () => runTask(api, { say: ['slow'], everyMs: 500 }));
    const prompts = () => api.journal().filter(({ path }) => path?.endsWith('/prompt_async'));
    await until(() => prompts().length === 7);

    // A process that is ended keeps its sockets until its memory is given back, and answers nobody meanwhile.
    const pids = (await statusOf(api)).opencode.servers.map(({ pid }) => pid ?? 0);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    for (const pid of pids) {
      process.kill(pid, 'SIGKILL');
      await sleep(100);
    }

    expect(failuresOf(await Promise.all(running))).toEqual([]);
    expect(prompts()).toHaveLength(13);
  });

  it('is answered elsewhere where its server has fallen silent, and no other task goes there', async () => {
    const api = await useApi({
      config: { pool, opencode: { startTimeout: 1_000 } },
      env: { FAKE_OPENCODE_FAULT: 'first-mute' },
    });
    expect(failuresOf([await runTask(api)])).toEqual([]);
    await untilReady(api);

    const startedAt = performance.now();
    for (let task = 0; task < 2 * SERVERS; task += 1) await runTask(api);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('is answered elsewhere where its server is not heard for a moment, since its end may have been missed', async () => {
    const api = await useApi({
      config: { pool: { ...pool, minServers: 1 } },
      env: { FAKE_OPENCODE_FAULT: 'first-breaks-off' },
    });

    expect(failuresOf([await runTask(api)])).toEqual([]);

    const prompts = api.journal().filter(({ path }) => path?.endsWith('/prompt_async'));
    expect(prompts).toHaveLength(2);
    const [first = 0] = api.journal().flatMap(({ started }) => started ?? []);
    await until(() => !isRunning(first));
    const { servers } = (await statusOf(api)).opencode;
    expect(servers.filter(({ state, pid }) => state === 'ready' && pid === first)).toEqual([]);
  });
});
