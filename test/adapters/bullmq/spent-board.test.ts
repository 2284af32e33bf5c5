import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSpentBoard } from '../../../src/adapters/bullmq/spent-board.ts';
import { useRedis } from '../../support/use-redis.ts';

/** Of a clock that is no one's but this machine's. */
const NOW = 5_000_000;
const DAY = 86_400_000;
const use = (task: string, tokens: number, agoMs = 0) => ({ task, tokens, endedAt: NOW - agoMs });

async function useBoards() {
  const { url } = await useRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  return { redis, ada: createSpentBoard(redis, 'test'), bob: createSpentBoard(redis, 'test') };
}

describe('what a team has used', () => {
  it('counts each task once, whoever tells it and how often', async () => {
    const { ada, bob } = await useBoards();
    const told = [use('a', 10), use('b', 5)];
    expect(await ada.exchange(told, NOW)).toMatchObject({ day: 15, month: 15 });
    expect(await ada.exchange(told, NOW)).toMatchObject({ day: 15, month: 15 });
    expect(await bob.exchange([use('b', 5), use('c', 1)], NOW)).toMatchObject({ day: 16, month: 16 });
  });

  it('loses nothing where many tell at once', async () => {
    const { ada, bob } = await useBoards();
    const batches = Array.from({ length: 20 }, (_, at) => [use(`t${at}`, 3), use(`t${(at + 1) % 20}`, 3)]);
    await Promise.all(batches.map((batch, at) => (at % 2 === 0 ? ada : bob).exchange(batch, NOW)));
    expect(await ada.exchange([], NOW)).toMatchObject({ day: 60 });
  });

  it('counts a task for the day on which it ended, by the clock of Redis', async () => {
    const { ada } = await useBoards();
    const { dayLeftMs, monthLeftMs } = await ada.exchange([], NOW);
    expect(dayLeftMs).toBeGreaterThan(0);
    expect(dayLeftMs).toBeLessThanOrEqual(DAY);
    expect(monthLeftMs).toBeGreaterThanOrEqual(dayLeftMs);
    expect(monthLeftMs).toBeLessThanOrEqual(31 * DAY);
    expect(await ada.exchange([use('yesterday', 7, DAY)], NOW)).toMatchObject({ day: 0 });
    expect(await ada.exchange([use('today', 2)], NOW)).toMatchObject({ day: 2 });
  });

  it('forgets by itself what is over', async () => {
    const { redis, ada } = await useBoards();
    await redis.hset('test-team:spent', { '2020-01-01': 9, '2020-01': 9 });
    await redis.zadd('test-team:counted', 1, 'long-ago');
    await ada.exchange([use('a', 1)], NOW);
    expect(await redis.zrange('test-team:counted', '0', '-1')).toEqual(['a']);
    const fields = await redis.hkeys('test-team:spent');
    expect(fields.map((field) => field.length).sort()).toEqual([10, 7]);
    expect(fields).not.toContain('2020-01');
    for (const key of ['spent', 'counted']) expect(await redis.ttl(`test-team:${key}`)).toBeGreaterThan(0);
  });
});
