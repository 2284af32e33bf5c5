// What is seen here of tasks that are at work on other machines.
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRedis } from '../../../src/adapters/bullmq/connect-redis.ts';
import { useRedis } from '../../support/use-redis.ts';
import { until } from '../support/until.ts';
import { type Script, useRun, useScheduler, useWorker, watch } from './dispatches.ts';

const useTeam = async () => {
  const redis = await useRedis();
  const worker = (options: Parameters<typeof useWorker>[2] = {}) => useWorker(redis.address, 'team', options);
  return { redis, worker, scheduler: () => useScheduler(redis.address, 'team') };
};

/** Says this, and ends when it is told to. */
function useSpeaker(...texts: readonly string[]) {
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const does: Script = async (_prompt, _signal, say) => {
    for (const text of texts) say({ type: 'text', text });
    await finished;
    return texts.join('');
  };
  return { does, finish };
}

describe('a task that is at work on another machine', () => {
  it('names its worker, and has ended with all that it said', async () => {
    const { worker, scheduler } = await useTeam();
    const speaker = useSpeaker('one ', 'two');
    await worker(speaker);
    const dispatch = scheduler();
    const ending = dispatch.forRun(useRun('look')).perform(0, watch());
    await until(() => dispatch.seen()[0]?.text === 'one two');
    expect(dispatch.seen()).toMatchObject([{ state: 'running', worker: expect.stringMatching(/^worker-/) }]);
    speaker.finish();
    await ending;
    expect(dispatch.seen()).toMatchObject([{ state: 'done', text: 'one two', tokens: 21 }]);
  });

  it('is stopped from here like one of this machine', async () => {
    const { worker, scheduler } = await useTeam();
    await worker();
    const dispatch = scheduler();
    const ending = dispatch.forRun(useRun('talk much')).perform(0, watch());
    await until(() => dispatch.seen().length === 1);
    expect(dispatch.cancel(dispatch.seen()[0]?.id ?? '')).toBe(true);
    expect((await ending).end).toEqual({ outcome: 'cancelled' });
    expect(dispatch.seen()).toMatchObject([{ state: 'failed', failure: 'cancelled' }]);
    expect(dispatch.cancel(dispatch.seen()[0]?.id ?? '')).toBe(false);
  });

  it('says what the worker says that has it now, and nothing of one that was lost', async () => {
    const { worker, scheduler } = await useTeam();
    const [first, second] = [useSpeaker('lost '), useSpeaker('found')];
    const lost = await worker({ ...first, leaseMs: 1_000 });
    const dispatch = scheduler();
    const ending = dispatch.forRun(useRun('look')).perform(0, watch());
    await until(() => dispatch.seen()[0]?.text === 'lost ');
    lost.lose();
    await worker({ ...second, leaseMs: 1_000 });
    await until(() => dispatch.seen()[0]?.text === 'found');
    second.finish();
    expect((await ending).text).toBe('found');
  });

  it('is seen by the next daemon with what it has said so far', async () => {
    const { worker, scheduler } = await useTeam();
    const speaker = useSpeaker('so far');
    await worker(speaker);
    const run = useRun('look');
    const first = scheduler();
    const before = first.forRun(run);
    const leaving = before.perform(0, watch());
    await until(() => first.seen()[0]?.text === 'so far');
    before.leave();
    await leaving;
    await first.close();
    const next = scheduler();
    const ending = next.forRun(run).perform(0, watch());
    await until(() => next.seen()[0]?.text === 'so far');
    speaker.finish();
    expect((await ending).text).toBe('so far');
  });

  it('ends as ever where Redis is away while it talks, and shows then what was not heard', async () => {
    const { redis, worker, scheduler } = await useTeam();
    let talk = () => {};
    let finish = () => {};
    const talked = new Promise<void>((resolve) => {
      talk = resolve;
    });
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const pieces = Array.from({ length: 5_000 }, (_, at) => `${at} `);
    const one = await worker({
      does: async (_prompt, _signal, say) => {
        await talked;
        for (const text of pieces) say({ type: 'text', text });
        await finished;
        return pieces.join('');
      },
    });
    const dispatch = scheduler();
    const ending = dispatch.forRun(useRun('look')).perform(0, watch());
    await until(() => dispatch.seen().length === 1);
    await redis.kill();
    await until(() => dispatch.problems.includes('redis-lost'));
    talk();
    await redis.start();
    finish();
    expect((await ending).text).toBe(pieces.join(''));
    expect(one.took).toHaveLength(1);
    expect(dispatch.seen()[0]?.text.endsWith(' 4998 4999 ')).toBe(true);
  });

  it('leaves little in Redis however much it says, and nothing once its end is written down', async () => {
    const { redis, worker, scheduler } = await useTeam();
    const connection = connectRedis(redis.address, () => undefined);
    onTestFinished(connection.close);
    const keys = () => connection.redis.keys('team-team:talk:*');
    const speaker = useSpeaker(...Array.from({ length: 300 }, () => 'x'.repeat(1_000)));
    await worker(speaker);
    const dispatch = scheduler();
    const run = dispatch.forRun(useRun('look'));
    const ending = run.perform(0, watch());
    await until(async () => (await keys()).length === 1);
    const [key = ''] = await keys();
    expect(await connection.redis.memory('USAGE', key)).toBeLessThan(10_000);
    expect(await connection.redis.ttl(key)).toBeGreaterThan(0);
    speaker.finish();
    await ending;
    run.written(0);
    await until(async () => (await keys()).length === 0);
  });
});
