import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DelegationError, ParallelExecutor, type PoolAnswer, TaskPlanError } from '../../src/index.ts';
import { OWN_BASE_PORT } from '../support/own-ports.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';

const FAKE_OPENCODE = join(import.meta.dirname, '..', 'daemon', 'support', 'fake-opencode.mjs');

const task = (id: string, more: object = {}) => ({ id, prompt: id, ...more });

/** Tasks that end when the test says so. */
function useTasks(options: ConstructorParameters<typeof ParallelExecutor<string>>[0] = {}) {
  const running = new Map<string, { resolve: (text: string) => void; reject: (error: unknown) => void }>();
  const started: string[] = [];
  const executor = new ParallelExecutor<string>({
    runTask: ({ id }, signal) => {
      started.push(id);
      return new Promise<string>((resolve, reject) => {
        running.set(id, { resolve, reject });
        signal.addEventListener('abort', () => reject(signal.reason));
      }).finally(() => running.delete(id));
    },
    ...options,
  });
  const settle = async () => new Promise((resolve) => setImmediate(resolve));
  return {
    executor,
    started,
    running: () => [...running.keys()],
    end: async (id: string) => {
      running.get(id)?.resolve(`${id} said`);
      await settle();
    },
    fail: async (id: string, error: unknown) => {
      running.get(id)?.reject(error);
      await settle();
    },
  };
}

describe('ParallelExecutor', () => {
  it('runs side by side what may, with as many workers as it is given', async () => {
    const tasks = useTasks();
    const report = tasks.executor.executeParallel(
      ['a', 'b', 'c'].map((id) => task(id)),
      2,
    );
    expect(tasks.running()).toEqual(['a', 'b']);
    await tasks.end('b');
    expect(tasks.running()).toEqual(['a', 'c']);
    await tasks.end('a');
    await tasks.end('c');
    const { success, results } = await report;
    expect(success).toBe(true);
    expect(results).toMatchObject(
      ['a', 'b', 'c'].map((id) => ({ id, end: { outcome: 'done' }, result: `${id} said` })),
    );
    for (const { startedMs, durationMs } of results)
      expect([startedMs, durationMs]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it('waits for needs and for files', async () => {
    const tasks = useTasks();
    const report = tasks.executor.executeHybrid([
      task('a', { files: ['src/auth.js', 'src/db.js'] }),
      task('b', { files: ['src/auth.js'] }),
      task('c', { dependsOn: ['b'] }),
      task('d'),
    ]);
    expect(tasks.running()).toEqual(['a', 'd']);
    await tasks.end('a');
    expect(tasks.running()).toEqual(['d', 'b']);
    await tasks.end('b');
    for (const id of ['c', 'd']) await tasks.end(id);
    expect((await report).success).toBe(true);
  });

  it('runs one after the other as they were given, but for what has needs still', async () => {
    const tasks = useTasks();
    const report = tasks.executor.executeSequential([
      task('c', { dependsOn: ['d'], estimate: 9 }),
      task('a'),
      task('b', { estimate: 5 }),
      task('d'),
    ]);
    for (const id of ['a', 'b', 'd', 'c']) {
      expect(tasks.running()).toEqual([id]);
      await tasks.end(id);
    }
    await report;
    expect(tasks.started).toEqual(['a', 'b', 'd', 'c']);
  });

  it('fails what needs a failed task with a reason, and nothing else', async () => {
    const tasks = useTasks();
    const report = tasks.executor.executeParallel([task('a'), task('b', { dependsOn: ['a'] }), task('c')]);
    const broken = Object.assign(new Error('It broke.'), { code: 'broken' });
    await tasks.fail('a', broken);
    await tasks.end('c');
    const { success, results } = await report;
    expect(success).toBe(false);
    expect(results).toMatchObject([
      { end: { outcome: 'failed', code: 'broken', message: 'It broke.' }, error: broken, result: null },
      { end: { outcome: 'skipped', because: { code: 'need-not-done', task: 'a' } }, startedMs: null },
      { end: { outcome: 'done' } },
    ]);
  });

  it('ends all of it when its signal aborts', async () => {
    const abort = new AbortController();
    const tasks = useTasks({ signal: abort.signal });
    const report = tasks.executor.executeParallel([task('a'), task('b', { dependsOn: ['a'] })]);
    abort.abort();
    expect((await report).results.map(({ end }) => end.outcome)).toEqual(['cancelled', 'cancelled']);
  });

  it.each([
    ['a cycle', [task('a', { dependsOn: ['b'] }), task('b', { dependsOn: ['a'] })], 'a → b → a'],
    ['an id that is there twice', [task('a'), task('a')], '"a"'],
    ['a need that is not there', [task('a', { dependsOn: ['z'] })], '"z"'],
  ])('refuses %s, and starts nothing', async (_what, given, said) => {
    const tasks = useTasks();
    const refused = await tasks.executor.executeHybrid(given).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TaskPlanError);
    expect((refused as TaskPlanError).message).toContain(said);
    expect(tasks.started).toEqual([]);
  });

  it('has nothing to do where there are no tasks, and no workers to do it with are refused', async () => {
    const { executor } = useTasks();
    expect(await executor.executeParallel([])).toMatchObject({ success: true, results: [] });
    await expect(executor.executeParallel([task('a')], 0)).rejects.toThrow(RangeError);
  });

  it('does tasks on OpenCode servers of its own, by the models of their agents, where nothing else is said', async () => {
    const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const command = join(folder, 'opencode');
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${FAKE_OPENCODE}" "$@"\n`);
    chmodSync(command, 0o755);
    const executor = new ParallelExecutor<PoolAnswer>({
      directory: folder,
      pool: { command, basePort: OWN_BASE_PORT, maxServers: 1 },
    });
    onTestFinished(() => executor.shutdown());
    const { results } = await executor.executeHybrid([
      { prompt: 'look', agent: 'explore' },
      { prompt: 'think', agent: 'architect' },
      { prompt: JSON.stringify({ refuse: 'Rate limit exceeded' }) },
    ]);
    expect(results.map(({ id, result }) => [id, result?.text, result?.model])).toEqual([
      ['task-1', 'echo: look', 'gemini-3-flash'],
      ['task-2', 'echo: think', 'gpt-5.2'],
      ['task-3', undefined, undefined],
    ]);
    expect(results[2]?.error).toBeInstanceOf(DelegationError);
    expect(results[2]?.end).toMatchObject({ outcome: 'failed', code: 'provider-rate-limited' });
  });
});
