import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCircuitBoard } from '../../../src/adapters/bullmq/circuit-board.ts';
import type { CircuitNews } from '../../../src/core/sharing/circuit-news.ts';
import { until } from '../../daemon/support/until.ts';
import { useRedis } from '../../support/use-redis.ts';

const KEY = 'google/gemini-3-flash';
const HASH = 'test-team:circuits';
const rests = (ms: number, key = KEY): CircuitNews => ({
  key,
  kind: 'rests',
  ms,
  code: 'provider-rate-limited',
  times: 1,
});
const tries: CircuitNews = { ...rests(60_000), kind: 'tries' } as CircuitNews;

async function useBoards() {
  const { url } = await useRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const member = (id: string) => createCircuitBoard(redis, 'test', { id, host: `host-of-${id}` });
  const [ada, bob, eve] = [member('ada'), member('bob'), member('eve')];
  const isDue = async () => (await bob.exchange([])).every(({ remainingMs }) => remainingMs <= 0);
  return { redis, ada, bob, eve, isDue };
}

describe('the board of a team', () => {
  it('tells the others, as what is left of it, and nobody what they have told themselves', async () => {
    const { ada, bob } = await useBoards();
    expect(await ada.exchange([rests(60_000)])).toEqual([]);
    const [fact, ...more] = await bob.exchange([]);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      key: KEY,
      name: 'open',
      code: 'provider-rate-limited',
      from: 'host-of-ada',
    });
    expect(fact?.remainingMs).toBeGreaterThan(0);
    expect(fact?.remainingMs).toBeLessThanOrEqual(60_000);
    expect((await bob.exchange([]))[0]?.id).toBe(fact?.id);
  });

  it('keeps the longer of two rests, in whichever order they are told', async () => {
    const { ada, bob, eve } = await useBoards();
    await ada.exchange([rests(600_000), rests(1_000, 'google/b')]);
    await bob.exchange([rests(1_000), rests(600_000, 'google/b')]);
    const left = (await eve.exchange([])).map(({ key, from }) => [key, from]).sort();
    expect(left).toEqual([
      ['google/b', 'host-of-bob'],
      [KEY, 'host-of-ada'],
    ]);
  });

  it('has one try out what is due, of however many', async () => {
    const { ada, bob, eve, isDue } = await useBoards();
    await ada.exchange([rests(1)]);
    await until(isDue);
    await Promise.all([bob.exchange([tries]), eve.exchange([tries])]);
    expect(await ada.exchange([])).toMatchObject([{ name: 'half-open', from: 'host-of-bob' }]);
    expect(await bob.exchange([])).toEqual([]);
    expect(await eve.exchange([{ key: KEY, kind: 'due' }]), 'not hers to say').toMatchObject([
      { name: 'half-open' },
    ]);
    await bob.exchange([{ key: KEY, kind: 'due' }]);
    expect(await eve.exchange([])).toMatchObject([{ name: 'open' }]);
    expect(await isDue()).toBe(true);
  });

  it('is closed by whoever found it back, and not while it rests', async () => {
    const { redis, ada, bob, isDue } = await useBoards();
    const back: CircuitNews = { key: KEY, kind: 'back' };
    await ada.exchange([rests(60_000)]);
    expect(await bob.exchange([back])).toHaveLength(1);
    await redis.del(HASH);
    await ada.exchange([rests(1)]);
    await until(isDue);
    expect(await bob.exchange([tries, back])).toEqual([]);
    expect(await redis.exists(HASH)).toBe(0);
  });

  it('tells of changes, and only of those', async () => {
    const { redis, ada } = await useBoards();
    const heard: string[] = [];
    const listening = redis.duplicate();
    onTestFinished(() => listening.disconnect());
    listening.on('message', (_: string, who: string) => heard.push(who));
    await listening.subscribe('test-team:news');
    await ada.exchange([]);
    await ada.exchange([rests(60_000)]);
    await ada.exchange([rests(1_000)]);
    await until(() => heard.length > 0);
    await listening.ping();
    expect(heard).toEqual(['ada']);
  });

  it('is not hurt by what others write there, takes only so much, and is forgotten by itself', async () => {
    const { redis, ada, bob } = await useBoards();
    const later = Date.now() + 3_600_000;
    const fact = { name: 'open', until: later, code: 'provider-rate-limited', times: 1, from: 'x', by: 'x' };
    await redis.hset(HASH, {
      'google/garbage': 'not json',
      'google/no-end': JSON.stringify({ ...fact, until: 'soon' }),
      'google/no-code': JSON.stringify({ ...fact, code: 'constructor' }),
      'no provider': JSON.stringify(fact),
      'google/over': JSON.stringify({ ...fact, until: 1 }),
    });
    expect(await ada.exchange([])).toEqual([]);
    expect(await redis.hexists(HASH, 'google/garbage')).toBe(0);
    expect(await redis.hexists(HASH, 'google/over')).toBe(0);
    await ada.exchange(Array.from({ length: 1_100 }, (_, at) => rests(60_000, `google/${at}`)));
    expect(await redis.hlen(HASH)).toBeLessThanOrEqual(1_000);
    expect(await bob.exchange([rests(60_000, 'google/one-more')])).not.toEqual([]);
    expect(await redis.hlen(HASH)).toBeLessThanOrEqual(1_000);
    expect(await redis.pttl(HASH)).toBeGreaterThan(0);
  });
});
