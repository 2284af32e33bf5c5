// Machines that differ: in what they reach, in what their clocks say, and in whose runs they do.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connectRedis } from '../../../src/adapters/bullmq/connect-redis.ts';
import type { TeamStatus } from '../../../src/protocol/status.ts';
import { buildCli } from '../../cli/support/build-cli.ts';
import type { StartedCli } from '../../cli/support/run-cli.ts';
import { until } from '../../daemon/support/until.ts';
import { useGitDaemon } from '../../support/use-git-daemon.ts';
import { type OwnRedis, useRedis } from '../../support/use-redis.ts';
import { ask, type Machine, useMachine, useScheduler } from '../../support/use-team.ts';

const cli = await buildCli();

function readerOf({ address }: OwnRedis) {
  const { redis, close } = connectRedis(address, () => undefined);
  onTestFinished(close);
  return redis;
}

/** The tasks as it named them, in the queue: `run.place`. */
function told(worker: StartedCli, event: 'took' | 'ended'): readonly string[] {
  return worker
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { event: string; task?: string })
    .flatMap((line) => (line.event === event && line.task !== undefined ? [line.task] : []));
}

const placeOf = (task: string) => task.slice(task.indexOf('.') + 1);

it('has the code from a remote that both reach, and from a bundle where only the scheduler does', async () => {
  const redis = await useRedis();
  const reader = readerOf(redis);
  const remote = await useGitDaemon();
  const ours = useScheduler(cli, { name: 'ours', url: redis.url });
  ours.git('clone', '--quiet', '--bare', '.', join(remote.folder, 'project.git'));
  ours.git('remote', 'add', 'origin', `${remote.url}/project.git`);
  ours.git('fetch', '--quiet', 'origin');
  writeFileSync(join(ours.projectDir, 'not-committed.txt'), 'mine\n');
  const head = ours.git('rev-parse', 'HEAD').trim();
  const bundles = async (kind: string) => (await reader.keys(`*:blob:${kind}.*`)).length;

  const near = await useMachine(cli, { name: 'near', url: redis.url }).work();
  expect((await ours.batch([ask('look', 'found')])).tasks[0]).toMatchObject({ state: 'done' });
  expect(told(near, 'took').map(placeOf)).toEqual(['0']);
  expect([await bundles('head'), await bundles('base')], head).toEqual([0, 1]);
  near.child.kill('SIGTERM');
  await near.result;

  const cutOff = useMachine(cli, { name: 'cut-off', url: redis.url });
  writeFileSync(
    join(cutOff.home, '.gitconfig'),
    `[url "git://127.0.0.1:1/"]\n  insteadOf = ${remote.url}/\n`,
  );
  const far = await cutOff.work();
  const { tasks } = await ours.batch([
    ask('look', 'found'),
    { ...ask('again', 'found'), dependsOn: ['look'] },
  ]);
  expect(tasks.map(({ state }) => state)).toEqual(['done', 'done']);
  // It is tried once, and what is sent then serves all that come after.
  expect(told(far, 'took').map(placeOf)).toEqual(['0', '0.b', '1.b']);
  expect(await bundles('head')).toBe(1);
  expect(ours.journal(), 'nobody was asked from here').toEqual([]);
});

const HOUR_MS = 3_600_000;
const SHIFT = join(import.meta.dirname, '..', '..', 'support', 'shift-clock.mjs');

it('does each task once, and tells true times, where clocks are an hour apart', async () => {
  const { url } = await useRedis();
  const ours = useScheduler(cli, { name: 'ours', url });
  const skewed = (name: string, ms: number) => {
    const env = { NODE_OPTIONS: `--import=${SHIFT}`, SHIFT_CLOCK_MS: String(ms) };
    return useMachine(cli, { name, url, env });
  };
  const machines = [skewed('ahead', HOUR_MS), skewed('behind', -HOUR_MS)] as const;
  const workers = await Promise.all([
    machines[0].work(['--tags', 'ahead']),
    machines[1].work(['--tags', 'behind']),
  ]);
  const [ahead] = workers;

  // Longer than a lease, which is renewed meanwhile.
  const long = { say: Array.from({ length: 25 }, () => '.'), everyMs: 1_000 };
  const tasks = ['ahead', 'behind'].flatMap((tag) => [
    { id: `long-${tag}`, agent: 'explore', tags: [tag], prompt: JSON.stringify(long) },
    { ...ask(`short-${tag}`, 'found'), tags: [tag] },
  ]);
  const begunAt = Date.now();
  const running = ours.batch(tasks, ['--workers', '8']);
  const team = async () => (await ours.json(['status', '--team'])) as TeamStatus;
  await until(
    async () => (await team()).workers.filter(({ running: count }) => count > 0).length === 2,
    60_000,
  );
  const result = await running;
  const endedAt = Date.now();

  expect(result.tasks.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  expect(workers.flatMap((worker) => told(worker, 'took').map(placeOf)).sort()).toEqual(['0', '1', '2', '3']);
  const said = machines.map((machine) => Math.round(((machine.journal()[0]?.at ?? 0) - begunAt) / HOUR_MS));
  expect(said, 'hours that the clocks there are wrong').toEqual([1, -1]);
  const took = endedAt - begunAt;
  for (const { id, startedAt, work } of result.tasks) {
    expect(startedAt, id).toBeGreaterThanOrEqual(begunAt);
    expect(work?.durationMs, id).toBeLessThanOrEqual(took);
    expect(work?.durationMs, id).toBeGreaterThanOrEqual(id.startsWith('long') ? 20_000 : 0);
  }
  const lines = [...ours.routingLog()].map(({ timestamp }) => Date.parse(String(timestamp)));
  expect(lines.filter((at) => at < begunAt || at > endedAt)).toEqual([]);

  ahead.child.kill('SIGKILL');
  await ahead.result;
  const names = async () => (await team()).workers.flatMap(({ tags }) => tags);
  await until(async () => (await names()).join() === 'behind', 60_000);
});

it('gives each of two schedulers its own ends, though one of them is killed meanwhile, and no other team any', async () => {
  const redis = await useRedis();
  const reader = readerOf(redis);
  const { url } = redis;
  const [one, two] = ['one', 'two'].map((name) => useScheduler(cli, { name, url })) as [Machine, Machine];
  const other = useScheduler(cli, { name: 'other', url, execution: { namespace: 'other' } });
  // They work on the same code, too, and have it in Redis but once.
  two.git('fetch', '--quiet', one.projectDir);
  two.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
  const worker = await useMachine(cli, { name: 'worker', url }).work(['--concurrency', '2']);
  const others = await useMachine(cli, { name: 'others', url, execution: { namespace: 'other' } }).work();

  const slow = (who: string) =>
    Array.from({ length: 5 }, (_, at) => ({
      id: `t${at}`,
      agent: 'explore',
      prompt: JSON.stringify({ say: [who, String(at)], everyMs: 500 }),
    }));
  const machines = [one, two, other];
  const running = machines.map((machine, at) => machine.batch(slow(`${at}-`), ['--workers', '8']));
  await until(() => told(worker, 'ended').length >= 2, 60_000);
  for (const pid of two.daemons()) process.kill(pid, 'SIGKILL');
  const results = await Promise.all(running);

  expect(results.map(({ tasks }) => tasks.map(({ text }) => text))).toEqual(
    machines.map((_, at) => slow('').map((_task, place) => `${at}-${place}`)),
  );
  const took = told(worker, 'took');
  expect(took).toHaveLength(10);
  expect(new Set(took).size).toBe(10);
  expect(told(others, 'took')).toHaveLength(5);
  for (const machine of machines) expect(machine.journal(), 'nobody was asked from here').toEqual([]);
  // What nobody asks for again is not kept.
  const left = async () =>
    (await reader.keys('*')).filter((key) => /:tasks\+[^:]+:[^:]+\.\d|:task:/.test(key));
  await until(async () => (await left()).length === 0);
});
