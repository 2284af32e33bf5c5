// Daemons of several machines whose budgets count together, through a real Redis.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BudgetStatus } from '../../../src/protocol/budget.ts';
import type { Status } from '../../../src/protocol/status.ts';
import { type OwnRedis, useRedis } from '../../support/use-redis.ts';
import { runTask } from '../support/run-task.ts';
import { until } from '../support/until.ts';
import { type Api, useApi } from '../support/use-api.ts';

/** What the stand-in for OpenCode uses in each step. */
const STEP_TOKENS = 21;

async function useMachine({ url }: OwnRedis, budgets: object = {}, share: readonly string[] = ['budgets']) {
  const api = await useApi({
    config: { mode: 'fusion', budgets, execution: { share } },
    env: { OMCM_REDIS_URL: url },
  });
  const status = async () => (await api.request('GET', '/v1/status')).body as Status;
  const budget = async () => (await api.request('GET', '/v1/budget')).body as BudgetStatus;
  return { ...api, status, budget, used: async () => (await budget()).team?.day.used };
}
const decide = async (api: Api) => {
  const task = { agent: 'explore', prompt: 'x', directory: api.projectDir };
  return ((await api.request('POST', '/v1/tasks', task)).body as { decision: unknown }).decision;
};

describe('machines whose budgets count together', () => {
  it.each([
    ['teamDay', 'team-day'],
    ['teamMonth', 'team-month'],
  ])('keep calls on Claude once all of them have spent it: %s', async (option, name) => {
    const redis = await useRedis();
    const limit = { [option]: 2 * STEP_TOKENS };
    const [first, second] = [await useMachine(redis, limit), await useMachine(redis, limit)];
    await runTask(first);
    await runTask(second);
    await until(async () => (await first.used()) === 2 * STEP_TOKENS);
    expect(await decide(first)).toMatchObject({
      route: false,
      step: 'budget',
      reason: `budget-${name}-100%`,
    });
    expect((await first.budget()).day.used, 'its own').toBe(STEP_TOKENS);
    expect((await first.status()).sharing?.used).toEqual({ day: 42, month: 42 });
    const told = (await first.request('GET', '/v1/budget')).body;
    expect(told).toMatchObject({ team: { day: { used: 42 }, month: { used: 42 } } });
  });

  it('go on without Redis with what they knew, and are counted once when it is back', async () => {
    const redis = await useRedis();
    const [first, second] = [await useMachine(redis), await useMachine(redis)];
    await runTask(first);
    await until(async () => (await second.used()) === STEP_TOKENS);
    await redis.kill();
    await until(async () => (await first.status()).sharing?.redis === 'lost');
    await runTask(first);
    expect([await first.used(), await second.used()]).toEqual([2 * STEP_TOKENS, STEP_TOKENS]);
    const kept = () => readFileSync(join(first.paths.stateDir, 'team-spending.json'), 'utf8');
    await until(() => kept().includes('"tokens":21'));
    await redis.start();
    await until(async () => (await second.used()) === 2 * STEP_TOKENS);
    await until(() => kept().includes('"pending":[]'));
    expect(await first.used()).toBe(2 * STEP_TOKENS);
  });

  it('are none where execution.share does not name budgets, which is said where they are limited', async () => {
    const redis = await useRedis();
    const member = await useMachine(redis);
    const alone = await useMachine(redis, { teamDay: 1, teamMonth: 1 }, ['circuits']);
    await runTask(alone);
    await runTask(member);
    await until(async () => (await member.used()) === STEP_TOKENS);
    expect(await alone.used()).toBeUndefined();
    expect(await decide(alone)).toMatchObject({ route: true });
    expect((await alone.status()).recentProblems.map(({ code }) => code)).toContain('team-budget-alone');
  });
});
