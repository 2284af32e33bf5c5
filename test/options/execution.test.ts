// Settings of a batch whose tasks are done by workers: the machine that hands them out, and a worker with another HOME.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LiveState, LiveTask } from '../../src/core/live/live-state.ts';
import { type LiveCopy, type LiveUpdate, takeUpdate } from '../../src/core/live/live-update.ts';
import type { TeamStatus } from '../../src/protocol/status.ts';
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
  const batch = async (script: object = { say: ['found'] }) => {
    const tasks = [{ id: 'look', agent: 'explore', prompt: JSON.stringify(script) }];
    writeFileSync(join(folder, 'tasks.json'), JSON.stringify({ tasks }));
    const { stdout, stderr } = await ours.omcm(['batch', join(folder, 'tasks.json'), '--json']);
    if (stdout === '') throw new Error(stderr);
    return (JSON.parse(stdout) as { tasks: readonly unknown[] }).tasks[0];
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
    const team = (await ours.json(['status', '--team'])) as TeamStatus;
    expect(team.workers).toMatchObject([{ id: task?.worker, running: 1, since: expect.any(Number) }]);
    expect(run?.tasks).toMatchObject([{ worker: task?.worker }]);
    await ours.call('DELETE', `/v1/tasks/${task?.id}`);
    expect(await ending).toMatchObject({ state: 'cancelled', worker: task?.worker });
    await until(
      isSeen(({ id, state, failure }) => [id, state, failure].join() === `${task?.id},failed,cancelled`),
    );
  }, 90_000);

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
