// Settings of a batch whose tasks are done by workers: the machine that hands them out, and a worker with another HOME.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildCli } from '../cli/support/build-cli.ts';
import { useCli } from '../cli/support/use-cli.ts';
import { until } from '../daemon/support/until.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';
import { useRedis } from '../support/use-redis.ts';

const cli = await buildCli();
const GIT = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];

async function useTeam(settings: { readonly ours: object; readonly workers: object }) {
  const redis = await useRedis();
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const redisUrlFile = join(folder, 'redis-url');
  writeFileSync(redisUrlFile, `${redis.url}\n`, { mode: 0o600 });
  const machine = (name: string, execution: object) =>
    useCli(cli, { name, config: { mode: 'fusion', execution: { redisUrlFile, ...execution } } });

  const ours = machine('ours', { backend: 'bullmq', ...settings.ours });
  const workers = machine('worker', settings.workers);
  const worker = workers.start(['worker', '--json']);
  onTestFinished(async () => {
    worker.child.kill('SIGTERM');
    await worker.result;
  });
  await until(() => worker.stdout().includes('"ready"'));

  const git = (...words: readonly string[]) =>
    execFileSync('git', [...GIT, ...words], { cwd: ours.projectDir });
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
  const batch = async () => {
    const tasks = [{ id: 'look', agent: 'explore', prompt: JSON.stringify({ say: ['found'] }) }];
    writeFileSync(join(folder, 'tasks.json'), JSON.stringify({ tasks }));
    const { stdout, stderr } = await ours.omcm(['batch', join(folder, 'tasks.json'), '--json']);
    if (stdout === '') throw new Error(stderr);
    return (JSON.parse(stdout) as { tasks: readonly unknown[] }).tasks[0];
  };
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
