import { expect, it } from 'vitest';
import type { Status } from '../../src/protocol/status.ts';
import { isRunning } from '../support/stop-process.ts';
import { runTask } from './support/run-task.ts';
import { until } from './support/until.ts';
import { type Api, useApi } from './support/use-api.ts';

async function statesOf(api: Api): Promise<readonly string[]> {
  const { opencode } = (await api.request('GET', '/v1/status')).body as Status;
  return opencode.servers.map(({ state }) => state);
}

const scale = (api: Api, servers: number) => api.request('POST', '/v1/pool/scale', { servers });
const startedBy = (api: Api) => api.journal().flatMap(({ started }) => started ?? []);

it('a server that is not wanted any more while it starts is ended, and its place is free again', async () => {
  const api = await useApi({
    config: { pool: { minServers: 1, maxServers: 2, basePort: 14_720 } },
    env: { FAKE_OPENCODE_FAULT: 'slow-start' },
  });
  await runTask(api, 'the pool is used');

  await scale(api, 2);
  await until(() => startedBy(api).length === 2);
  await scale(api, 1);
  const [, second = 0] = startedBy(api);
  // Sooner than it would have been ready.
  await until(() => !isRunning(second), 1_500);
  await until(async () => (await statesOf(api)).length === 1, 1_000);
  const { recentProblems } = (await api.request('GET', '/v1/status')).body as Status;
  expect(recentProblems).toEqual([]);

  await scale(api, 2);
  await until(async () => (await statesOf(api)).join() === 'ready,ready');
});
