// Daemons of several machines that share what they know of providers, through a real Redis.
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../../src/protocol/status.ts';
import { type OwnRedis, useRedis } from '../../support/use-redis.ts';
import { runTask } from '../support/run-task.ts';
import { until } from '../support/until.ts';
import { type Api, useApi } from '../support/use-api.ts';

const FLASH = 'google/gemini-3-flash';
const REFUSE = { refuse: 'Rate limit reached' };

type Machine = Api & {
  readonly status: () => Promise<Status>;
  readonly rests: () => Promise<Status['resting']>;
  readonly prompts: () => number;
};

async function useMachine({ url }: OwnRedis, execution: object = {}): Promise<Machine> {
  const api = await useApi({
    config: {
      mode: 'fusion',
      targets: { flash: [FLASH] },
      execution: { share: ['circuits'], teamAccounts: ['gemini'], ...execution },
    },
    env: { OMCM_REDIS_URL: url },
  });
  const status = async () => (await api.request('GET', '/v1/status')).body as Status;
  return {
    ...api,
    status,
    rests: async () => (await status()).resting,
    prompts: () => api.journal().filter(({ path }) => path?.endsWith('/prompt_async')).length,
  };
}
const connected = (machine: Machine) =>
  until(async () => (await machine.status()).sharing?.redis === 'answers');
const heard = (machine: Machine) => until(async () => (await machine.rests())?.length === 1);

describe('machines that share what they know of providers', () => {
  it('do not each find out the same limit, and say who found it out', async () => {
    const redis = await useRedis();
    const [first, second] = [await useMachine(redis), await useMachine(redis)];
    await Promise.all([connected(first), connected(second)]);
    await runTask(first, REFUSE);
    await heard(second);

    expect(await first.rests()).toMatchObject([{ key: FLASH }]);
    expect((await first.rests())?.[0]?.from).toBeUndefined();
    expect(await second.rests()).toMatchObject([
      { key: FLASH, code: 'provider-rate-limited', from: hostname() },
    ]);
    const task = { agent: 'explore', prompt: 'x', directory: second.projectDir };
    const { body } = await second.request('POST', '/v1/tasks', task);
    expect(body).toMatchObject({
      decision: { route: false, reason: 'all-models-rest-provider-rate-limited' },
    });
    expect([first.prompts(), second.prompts()]).toEqual([1, 0]);
    await second.daemon.services.recorder.flush();
    expect(second.routingLog().at(-1)).toMatchObject({ resting: [{ key: FLASH, from: hostname() }] });
    await until(() => readFileSync(second.paths.providerLimitsFile, 'utf8').includes('refusal'));
    expect(JSON.parse(readFileSync(second.paths.providerLimitsFile, 'utf8'))).toMatchObject({
      gemini: { refusal: { code: 'provider-rate-limited' } },
    });
  });

  it('go on alone without Redis, with what they knew, and tell the rest when it is back', async () => {
    const redis = await useRedis();
    const [first, second] = [await useMachine(redis), await useMachine(redis)];
    await Promise.all([connected(first), connected(second)]);
    await redis.kill();
    await until(async () => (await first.status()).sharing?.redis === 'lost');
    expect(await runTask(first, { say: ['alone'] })).toMatchObject({ type: 'finished' });
    await runTask(first, REFUSE);
    expect(await runTask(second, { say: ['alone, too'] })).toMatchObject({ type: 'finished' });
    expect(await second.rests()).toEqual([]);

    await redis.start();
    await heard(second);
    await redis.kill();
    await until(async () => (await second.status()).sharing?.redis === 'lost');
    expect(await second.rests()).toMatchObject([{ key: FLASH, from: hostname() }]);
  });

  it('tell nothing to others: of another namespace, with an account of their own, or that share nothing', async () => {
    const redis = await useRedis();
    const machines = [
      await useMachine(redis),
      await useMachine(redis, { namespace: 'others' }),
      await useMachine(redis, { teamAccounts: [] }),
      await useMachine(redis, { share: [] }),
      await useMachine(redis),
    ];
    const [first, ...others] = machines as [Machine, ...Machine[]];
    const member = others.pop() as Machine;
    await connected(member);
    await runTask(first, REFUSE);
    await heard(member);
    for (const other of others) expect(await other.rests()).toEqual([]);
    expect((await others[2]?.status())?.sharing).toBeUndefined();
  });
});
