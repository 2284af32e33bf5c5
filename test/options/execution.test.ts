// Settings of a batch whose tasks are done by workers: the machine that hands them out, and a worker with another HOME.
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from '../cli/support/build-cli.ts';
import { until } from '../daemon/support/until.ts';
import { useRedis } from '../support/use-redis.ts';
import { ask, useMachine, useScheduler } from '../support/use-team.ts';

const cli = await buildCli();

async function useTeam(settings: { readonly ours: object; readonly workers: object }) {
  const { url } = await useRedis();
  const ours = useScheduler(cli, { name: 'ours', url, execution: settings.ours });
  const workers = useMachine(cli, { name: 'worker', url, execution: settings.workers });
  const worker = await workers.work();
  const batch = async () => (await ours.batch([ask('look', 'found')])).tasks[0];
  return { ours, workers, worker, batch };
}

const SHARED = { namespace: 'kitchen' };

describe('a batch whose tasks are done by workers', () => {
  it('is one with execution.backend, over the Redis that execution.redisUrlFile names', async () => {
    const counting = { ...SHARED, share: ['budgets'] };
    const { ours, workers, worker, batch } = await useTeam({ ours: counting, workers: counting });
    expect(await batch()).toMatchObject({ state: 'done' });
    expect(worker.stdout()).toContain('"ended"');
    expect(ours.journal(), 'nobody was asked from here').toEqual([]);
    // Whoever has asked the provider has told the team of it, and nobody else has.
    const told = [workers, ours].map(({ paths }) => existsSync(join(paths.stateDir, 'team-spending.json')));
    expect(told).toEqual([true, false]);
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

  it('sends no code of more than execution.maxBundleMb', async () => {
    const { ours, batch } = await useTeam({ ours: { ...SHARED, maxBundleMb: 1 }, workers: SHARED });
    writeFileSync(join(ours.projectDir, 'large.bin'), randomBytes(2 * 1_048_576));
    expect(await batch()).toMatchObject({
      state: 'failed',
      end: { code: 'code-too-large', message: expect.stringContaining('maxBundleMb') },
    });
  });
});
