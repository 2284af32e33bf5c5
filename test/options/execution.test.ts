// Settings of a batch whose tasks are done by workers: the machine that hands them out, and a worker with another HOME.
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LiveState, LiveTask } from '../../src/core/live/live-state.ts';
import { type LiveCopy, type LiveUpdate, takeUpdate } from '../../src/core/live/live-update.ts';
import type { TeamStatus } from '../../src/protocol/status.ts';
import { buildCli } from '../cli/support/build-cli.ts';
import { until } from '../daemon/support/until.ts';
import { PASSWORD, useRedis } from '../support/use-redis.ts';
import { ask, useMachine, useScheduler } from '../support/use-team.ts';

const cli = await buildCli();

async function useTeam(settings: { readonly ours: object; readonly workers: object }) {
  const { url } = await useRedis();
  const ours = useScheduler(cli, { name: 'ours', url, execution: settings.ours });
  const workers = useMachine(cli, { name: 'worker', url, execution: settings.workers });
  const worker = await workers.work();
  const batch = async (script: object = { say: ['found'] }) => {
    const tasks = [{ id: 'look', agent: 'explore', prompt: JSON.stringify(script) }];
    return (await ours.batch(tasks)).tasks[0];
  };
  return { ours, workers, worker, batch };
}

const SHARED = { namespace: 'kitchen' };
/** For a machine that has much else to do. */
const SLOW_MS = 30_000;

describe('a batch whose tasks are done by workers', () => {
  it('is one with execution.backend, over the Redis that execution.redisUrlFile names, and is seen from here', async () => {
    const counting = { ...SHARED, share: ['budgets'] };
    const { ours, workers, worker, batch } = await useTeam({ ours: counting, workers: counting });
    expect(await batch()).toMatchObject({ state: 'done' });
    expect(worker.stdout()).toContain('"ended"');
    expect(ours.journal(), 'nobody was asked from here').toEqual([]);
    // Whoever has asked the provider has told the team of it, and nobody else has.
    const told = [workers, ours].map(({ paths }) => existsSync(join(paths.stateDir, 'team-spending.json')));
    expect(told).toEqual([true, false]);

    // It is watched like one of this machine: what a task says, and on which worker; and it is stopped from here.
    // The first one is long enough to be a report, and no talk between tools; nobody waits for the last.
    const ending = batch({ say: ['long '.repeat(100), ...Array(10_000).fill('piece ')], everyMs: 50 });
    let copy: LiveCopy | null = null;
    const look = async (): Promise<LiveState | undefined> => {
      const known: string = copy === null ? '' : `&life=${copy.life}&seq=${copy.seq}`;
      const { body } = await ours.call('GET', `/v1/live?wait=1000${known}`);
      copy = takeUpdate(copy, body as LiveUpdate);
      return copy?.state;
    };
    const isSeen = (holds: (task: LiveTask) => boolean) => async () =>
      (await look())?.tasks.some(holds) ?? false;
    const isTalking = ({ text }: LiveTask) => text.includes('piece piece');
    await until(isSeen(isTalking), SLOW_MS);
    const { tasks = [], runs = [] } = (await look()) ?? {};
    const [task, run] = [tasks.find(isTalking), runs.at(-1)];
    expect(task).toMatchObject({ state: 'running', agent: 'explore', canCancel: true });
    // A worker says every few seconds how it is.
    const team = async () => ((await ours.json(['status', '--team'])) as TeamStatus).workers;
    await until(async () => (await team())[0]?.running === 1, SLOW_MS);
    expect(await team()).toMatchObject([{ id: task?.worker, running: 1, since: expect.any(Number) }]);
    expect(run?.tasks).toMatchObject([{ worker: task?.worker }]);
    await ours.call('DELETE', `/v1/tasks/${task?.id}`);
    expect(await ending).toMatchObject({ state: 'cancelled', worker: task?.worker });
    await until(
      isSeen(({ id, state, failure }) => [id, state, failure].join() === `${task?.id},failed,cancelled`),
    );
  }, 90_000);

  it('is done here where Redis refuses the login, which is said', async () => {
    const { url } = await useRedis();
    const ours = useScheduler(cli, { name: 'ours', url: url.replace(PASSWORD, `wrong-${PASSWORD}`) });
    const { tasks } = await ours.batch([ask('look', 'found')]);
    expect(tasks).toMatchObject([{ state: 'done', worker: null }]);
    expect(ours.journal(), 'asked from here').not.toEqual([]);
    const { recentProblems } = await ours.status();
    expect(recentProblems.map(({ code }) => code)).toContain('redis-login-refused');
  });

  it('meets no worker of another execution.namespace', async () => {
    const { ours, worker, batch } = await useTeam({ ours: SHARED, workers: {} });
    // It waits for a worker.
    void batch().catch(() => undefined);
    const team = async () =>
      (await ours.json(['status', '--team'])) as { workers: unknown; queued: { waiting: number } };
    await until(async () => (await team()).queued.waiting === 1);
    expect(await team()).toMatchObject({ workers: [] });
    expect(worker.stdout()).not.toContain('"took"');
  });

  it('begins no more of a provider than execution.tasksPerMinute', async () => {
    const { ours, worker } = await useTeam({
      ours: SHARED,
      workers: { ...SHARED, tasksPerMinute: { gemini: 1 } },
    });
    const tasks = ['one', 'two'].map((id) => ({
      id,
      agent: 'explore',
      prompt: JSON.stringify({ say: [id] }),
    }));
    void ours.batch(tasks).catch(() => undefined);
    const team = async () => (await ours.json(['status', '--team'])) as TeamStatus;
    await until(async () => {
      const { workers, queued } = await team();
      return workers[0]?.done === 1 && queued.waiting === 1;
    }, SLOW_MS);
    expect(worker.stdout().match(/"took"/g)).toHaveLength(1);
  });

  it('sends no code of more than execution.maxBundleMb', async () => {
    const { ours, batch } = await useTeam({ ours: { ...SHARED, maxBundleMb: 1 }, workers: SHARED });
    writeFileSync(join(ours.projectDir, 'large.bin'), randomBytes(2 * 1_048_576));
    expect(await batch()).toMatchObject({
      state: 'failed',
      end: { code: 'code-too-large', message: expect.stringContaining('maxBundleMb') },
    });
  });
});
