import { expect, it, onTestFinished } from 'vitest';
import { connectRedis } from '../../../src/adapters/bullmq/connect-redis.ts';
import { createTalkReader, type Talk } from '../../../src/adapters/bullmq/read-talk.ts';
import { createTalkWriter } from '../../../src/adapters/bullmq/write-talk.ts';
import { until } from '../../daemon/support/until.ts';
import { useRedis } from '../../support/use-redis.ts';

const KEY = 'team:talk:job';

async function useTalk() {
  const { url } = await useRedis();
  const { redis, close } = connectRedis({ url, ca: null }, () => undefined);
  onTestFinished(close);
  const writer = (round: number) => createTalkWriter(redis, { key: KEY, round, everyMs: 1 });
  const heard: Talk[] = [];
  const follow = () => createTalkReader(redis).follow(KEY, (talk) => heard.push(talk));
  return { redis, writer, heard, follow };
}

it('keeps the last pieces of what a task says, and not for ever', async () => {
  const { redis, writer, heard, follow } = await useTalk();
  const { note } = writer(1);
  const last = async () => (await redis.xrevrange(KEY, '+', '-', 'COUNT', 1))[0]?.[1][1] ?? '';
  for (let at = 0; at < 80; at += 1) {
    note({ type: 'text', text: `${at};`.repeat(3_000) });
    await until(async () => (await last()).includes(`${at};`));
  }
  expect(await redis.xlen(KEY)).toBe(64);
  expect((await last()).length).toBeLessThan(4_200);
  expect(await redis.ttl(KEY)).toBeGreaterThan(0);
  onTestFinished(follow());
  await until(() => heard.length === 64);
  expect(heard.at(-1)?.text.endsWith('79;')).toBe(true);
});

it('is not heard of a worker that has lost its task, nor of anybody who writes something else there', async () => {
  const { redis, writer, heard, follow } = await useTalk();
  onTestFinished(follow());
  const [lost, now] = [writer(1), writer(2)];
  lost.note({ type: 'text', text: 'lost' });
  await until(() => heard.length === 1);
  now.note({ type: 'activity', text: 'read a.txt' });
  await until(() => heard.length === 2);
  await redis.xadd(KEY, '*', 'piece', '{"round":');
  lost.note({ type: 'text', text: 'lost as well' });
  await until(async () => (await redis.xlen(KEY)) === 4);
  now.note({ type: 'text', text: 'found' });
  await until(() => heard.length === 3);
  expect(heard).toEqual([
    { isAnew: false, text: 'lost', activity: null },
    { isAnew: true, text: '', activity: 'read a.txt' },
    { isAnew: false, text: 'found', activity: null },
  ]);
});

it('ends with its task: what is not told by then is in the end', async () => {
  const { redis, writer, heard, follow } = await useTalk();
  onTestFinished(follow());
  const [first, second] = [writer(1), writer(1)];
  first.note({ type: 'text', text: 'too late' });
  first.close();
  first.note({ type: 'text', text: 'later still' });
  second.note({ type: 'text', text: 'in time' });
  await until(() => heard.length === 1);
  expect(heard).toMatchObject([{ text: 'in time' }]);
  expect(await redis.xlen(KEY)).toBe(1);
});
