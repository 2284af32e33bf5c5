import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRedis } from '../../../src/adapters/bullmq/connect-redis.ts';
import { createTeam } from '../../../src/adapters/bullmq/team.ts';
import { QUEUE_PROTOCOL, type WorkerPresence } from '../../../src/protocol/queue.ts';
import { useProxy } from '../../support/use-proxy.ts';
import { useRedis } from '../../support/use-redis.ts';
import { until } from '../support/until.ts';
import { embedded, useRun, useScheduler, useWorker, WORK, watch } from './dispatches.ts';

const ADAPTERS = {
  embedded: async () => embedded(),
  queued: async () => {
    const { address } = await useRedis();
    await useWorker(address, 'contract');
    return useScheduler(address, 'contract');
  },
};

describe.each(Object.entries(ADAPTERS))('tasks of a run, %s', (_name, use) => {
  it('are done, and say who works on them and what came of it', async () => {
    const dispatch = await use();
    const run = dispatch.forRun(useRun('say one', 'say two'));
    const watched = watch();
    const ends = await Promise.all([run.perform(0, watched), run.perform(1, watch())]);
    expect(ends).toEqual([
      { end: { outcome: 'done' }, text: 'one', work: WORK, changes: null },
      { end: { outcome: 'done' }, text: 'two', work: WORK, changes: null },
    ]);
    expect(watched.prompted).toEqual(['gpt-5.2']);
    run.written(0);
    run.written(1);
  });

  it('fail with the reason', async () => {
    const run = (await use()).forRun(useRun('fail the provider said no'));
    const { end } = await run.perform(0, watch());
    expect(end).toEqual({ outcome: 'failed', code: 'provider-failed', message: 'the provider said no' });
  });

  it('are seen by whoever looks on here: what they say and do while they are at work', async () => {
    const dispatch = await use();
    const watched = watch();
    const ending = dispatch.forRun(useRun('talk first second')).perform(0, watched);
    await until(() => dispatch.seen()[0]?.text === 'first second ');
    expect(dispatch.seen()).toMatchObject([
      { agent: 'explore', target: 'openai/gpt-5.2', state: 'running', activity: 'read a.txt' },
    ]);
    watched.abort();
    await ending;
  });

  it('are told to end while they are at work', async () => {
    const run = (await use()).forRun(useRun('hang'));
    const watched = watch();
    const ending = run.perform(0, watched);
    await until(() => watched.prompted.length > 0);
    watched.abort();
    expect((await ending).end).toEqual({ outcome: 'cancelled' });
  });
});

describe('a queue', () => {
  const useTeam = async () => {
    const redis = await useRedis();
    const worker = (options: Parameters<typeof useWorker>[2] = {}) =>
      useWorker(redis.address, 'team', options);
    return { redis, worker, scheduler: () => useScheduler(redis.address, 'team') };
  };

  it('keeps a task while no worker is there, says so, and has it done once by the first that comes', async () => {
    const { worker, scheduler } = await useTeam();
    const dispatch = scheduler();
    const ending = dispatch.forRun(useRun('say late')).perform(0, watch());
    await until(() => dispatch.problems.includes('no-worker'));
    const { took } = await worker();
    expect((await ending).text).toBe('late');
    expect(took).toEqual(['say late']);
  });

  it('begins no more tasks of a provider in a minute than its workers are told, all of them together', async () => {
    const { worker, scheduler } = await useTeam();
    const workers = [await worker({ tasksPerMinute: 2 }), await worker({ tasksPerMinute: 2 })];
    const dispatch = scheduler();
    const run = dispatch.forRun(useRun('say one', 'say two', 'say three'));
    const [first, second, third] = [0, 1, 2].map((place) => run.perform(place, watch()));
    expect([(await first)?.text, (await second)?.text]).toEqual(['one', 'two']);
    const early = await Promise.race([third, sleep(2_000, 'waits')]);
    expect(early).toBe('waits');
    expect(workers.flatMap(({ took }) => took).sort()).toEqual(['say one', 'say two']);
    // One that was told of no limit keeps none.
    await worker();
    expect((await third)?.text).toBe('three');
  });

  it('gives the task of a worker that is lost to another one', async () => {
    const { worker, scheduler } = await useTeam();
    const lost = await worker({ leaseMs: 1_000, does: () => new Promise(() => {}) });
    const ending = scheduler().forRun(useRun('say it')).perform(0, watch());
    await until(() => lost.took.length === 1);
    lost.lose();
    const other = await worker({ leaseMs: 1_000 });
    expect((await ending).text).toBe('it');
    expect(other.took).toEqual(['say it']);
  });

  it('ends a task with which three workers were lost', async () => {
    const { worker, scheduler } = await useTeam();
    const ending = scheduler().forRun(useRun('say it')).perform(0, watch());
    for (let round = 0; round < 3; round += 1) {
      const one = await worker({ leaseMs: 1_000, does: () => new Promise(() => {}) });
      await until(() => one.took.length === 1);
      one.lose();
    }
    await worker({ leaseMs: 1_000 });
    expect((await ending).end).toEqual({ outcome: 'interrupted', reason: 'lost-too-often' });
  });

  it('is asked again by the next daemon, and the task is not begun twice', async () => {
    const { worker, scheduler } = await useTeam();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const one = await worker({ does: () => finished.then(() => 'done') });
    const run = useRun('say it');
    const first = scheduler();
    const before = first.forRun(run);
    const leaving = before.perform(0, watch());
    await until(() => one.took.length === 1);
    before.leave();
    expect((await leaving).end).toMatchObject({ outcome: 'failed', code: 'draining' });
    await first.close();
    finish();
    const after = scheduler().forRun(run);
    expect((await after.perform(0, watch())).text).toBe('done');
    expect(one.took).toHaveLength(1);
  });

  it('waits for a Redis that is away, and loses and repeats nothing', async () => {
    const { redis, worker, scheduler } = await useTeam();
    const one = await worker({ concurrency: 1 });
    const dispatch = scheduler();
    const run = dispatch.forRun(useRun('say one', 'say two', 'say three'));
    expect((await run.perform(0, watch())).text).toBe('one');
    await redis.kill();
    const waiting = [run.perform(1, watch()), run.perform(2, watch())];
    await until(() => dispatch.problems.includes('redis-lost'));
    await redis.start();
    expect((await Promise.all(waiting)).map(({ text }) => text)).toEqual(['two', 'three']);
    expect([...one.took].sort()).toEqual(['say one', 'say three', 'say two']);
  });

  it('gives each of two schedulers the ends of its own tasks', async () => {
    const { worker, scheduler } = await useTeam();
    const one = await worker();
    const runs = [scheduler(), scheduler()].map((dispatch, at) =>
      dispatch.forRun(useRun(`say ${at}`, `say ${at}!`)),
    );
    const ends = await Promise.all(runs.flatMap((run) => [run.perform(0, watch()), run.perform(1, watch())]));
    expect(ends.map(({ text }) => text)).toEqual(['0', '0!', '1', '1!']);
    expect(one.took).toHaveLength(4);
  });

  it('waits for another worker than one that speaks another protocol, and says what to update', async () => {
    const { redis, worker, scheduler } = await useTeam();
    const connection = connectRedis(redis.address, () => undefined);
    onTestFinished(connection.close);
    const newer = { id: 'newer', host: 'gpu-1', version: '9.8.7', protocol: QUEUE_PROTOCOL + 1 };
    const says = { ...newer, models: ['openai/gpt-5.2'], tags: 'in another way' };
    await createTeam(connection.redis, 'team').workers.announce(says as unknown as WorkerPresence);
    const dispatch = scheduler();
    const ending = dispatch.forRun(useRun('say it')).perform(0, watch());
    await until(() => dispatch.problems.includes('no-worker'));
    expect(dispatch.problems).toContain('worker-other-version');
    expect(dispatch.status()).toMatchObject({ protocol: QUEUE_PROTOCOL, workers: [newer] });
    await worker();
    expect((await ending).text).toBe('it');
    await until(() => dispatch.status().schedulers?.length === 1);
  });

  it('has a task done here that a worker declines, and says why', async () => {
    const { worker, scheduler } = await useTeam();
    await worker({
      answer: async () => ({ kind: 'declined', worker: 'w', code: 'other-version', message: 'Update me.' }),
    });
    const dispatch = scheduler();
    expect((await dispatch.forRun(useRun('say here')).perform(0, watch())).text).toBe('here');
    expect(dispatch.problems).toContain('worker-declined-other-version');
  });

  it('does no task a second time because it could not be counted', async () => {
    const { redis, worker } = await useTeam();
    const one = await worker();
    const onEnded = () => {
      throw new Error('the log is full');
    };
    const does = async () => 'done here';
    const dispatch = useScheduler(redis.address, 'team', { does, onEnded });
    expect((await dispatch.forRun(useRun('say there')).perform(0, watch())).text).toBe('there');
    expect(one.took).toEqual(['say there']);
    expect(dispatch.problems).toContain('work-not-counted');
  });

  it('ends a worker in order: what it has taken ends, and nothing more is taken', async () => {
    const { worker, scheduler } = await useTeam();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const one = await worker({ concurrency: 1, does: (prompt) => finished.then(() => prompt) });
    const run = scheduler().forRun(useRun('say one', 'say two'));
    const first = run.perform(0, watch());
    await until(() => one.took.length === 1);
    const draining = one.drain();
    const second = run.perform(1, watch());
    finish();
    await draining;
    expect((await first).text).toBe('say one');
    const other = await worker();
    expect((await second).text).toBe('two');
    expect([one.took, other.took]).toEqual([['say one'], ['say two']]);
  });

  it('counts the end of a worker only that is not taken for lost, and tells it to stop', async () => {
    const { redis, scheduler, worker } = await useTeam();
    const { port, swallow, mend } = await useProxy(redis.port);
    let wasStopped = false;
    let isBegun = false;
    const late = await useWorker(
      { url: redis.url.replace(String(redis.port), String(port)), ca: null },
      'team',
      {
        leaseMs: 1_000,
        askMs: 200,
        does: (_prompt, signal) =>
          new Promise((resolve) => {
            isBegun = true;
            signal.addEventListener('abort', () => {
              wasStopped = true;
              resolve('too late');
            });
          }),
      },
    );
    const dispatch = scheduler();
    const ending = dispatch.forRun(useRun('say it')).perform(0, watch());
    await until(() => isBegun);
    swallow();
    const other = await worker({ leaseMs: 1_000 });
    expect((await ending).text).toBe('it');
    mend();
    await until(() => wasStopped);
    expect([late.took, other.took]).toEqual([['say it'], ['say it']]);
  });

  it('carries tasks over TLS for a user that may touch nothing else', async () => {
    const { address } = await useRedis({ tls: true, rights: RIGHTS.replaceAll('omcm', 'team') });
    await useWorker(address, 'team');
    const ending = useScheduler(address, 'team').forRun(useRun('say it')).perform(0, watch());
    expect((await ending).text).toBe('it');
  });
});

/** As docs/scaling.md has it. */
const [, RIGHTS = ''] =
  /^ *ACL SETUSER \S+ on >\S+ (.*)$/m.exec(readFileSync('docs/scaling.md', 'utf8')) ?? [];
