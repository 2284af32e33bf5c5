// Daemons of several machines that share what they know of providers, through a real Redis.
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
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

async function useMachine({ url }: Pick<OwnRedis, 'url'>, execution: object = {}): Promise<Machine> {
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
const inTeam = (key: string) => `omcm-team:${key}`;
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
    const told = async ({ daemon }: Machine) =>
      (await daemon.services.metrics()).find(({ name }) => name === 'omcm_targets_resting_as_told')?.samples;
    expect(await told(first)).toMatchObject([{ value: 0 }]);
    expect(await told(second)).toMatchObject([{ value: 1 }]);
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

  it('leave in Redis what providers have said and how much was used, and nothing of Claude or of the work', async () => {
    const redis = await useRedis();
    const both = { share: ['circuits', 'budgets'] };
    const [first, second] = [await useMachine(redis, both), await useMachine(redis, both)];
    await Promise.all([connected(first), connected(second)]);
    const windows = [{ kind: 'five_hour', percent: 61, resetsAt: Date.now() / 1_000 + 3_600 }];
    await first.request('POST', '/v1/quota', { source: 'status-line', sessionId: 's', windows });
    expect((await first.status()).fallback?.readings).toMatchObject([{ percent: 61 }]);
    await runTask(first, { say: ['x'] }, { sessionId: 'session-of-mine' });
    await runTask(first, REFUSE);
    await heard(second);
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    await until(async () => (await client.zcard('omcm-team:counted')) === 1);

    expect((await second.status()).fallback?.readings).toEqual([]);
    expect((await client.keys('*')).sort()).toEqual(['circuits', 'counted', 'spent'].map(inTeam));
    const facts = await client.hgetall(inTeam('circuits'));
    expect(Object.keys(facts)).toEqual([FLASH]);
    expect(Object.keys(JSON.parse(facts[FLASH] ?? '')).sort()).toEqual([
      'at',
      'by',
      'code',
      'from',
      'name',
      'times',
      'until',
    ]);
    const { day, month } = { day: /^\d{4}-\d\d-\d\d$/, month: /^\d{4}-\d\d$/ };
    const spent = await client.hgetall(inTeam('spent'));
    expect(Object.keys(spent).filter((field) => !day.test(field) && !month.test(field))).toEqual([]);
    expect(Object.values(spent)).toEqual(['21', '21']);
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

  it('hold up no task where Redis takes a connection and says nothing, nor where nobody says where it is', async () => {
    const mute = createServer((socket) => void socket.on('error', () => undefined));
    const sockets = new Set<Socket>();
    mute.on('connection', (socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => void mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => void mute.close(resolve));
    });
    const { port } = mute.address() as AddressInfo;
    const waiting = await useMachine(
      { url: `redis://127.0.0.1:${port}` },
      { share: ['circuits', 'budgets'] },
    );
    const lost = await useMachine({ url: '' });
    await until(() => sockets.size > 0);
    for (const machine of [waiting, lost]) {
      expect(await runTask(machine, { say: ['alone'] })).toMatchObject({ type: 'finished' });
      await runTask(machine, REFUSE);
      expect(await machine.rests()).toMatchObject([{ key: FLASH }]);
    }
    expect((await waiting.status()).sharing).toMatchObject({ redis: 'lost', used: { day: 21, month: 21 } });
    const { sharing, recentProblems } = await lost.status();
    expect(sharing).toBeUndefined();
    expect(recentProblems.map(({ code }) => code)).toContain('redis-not-configured');
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
