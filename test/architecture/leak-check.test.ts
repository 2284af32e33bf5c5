import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CHECK = resolve('scripts/leak-check.mjs');
const SETUP = resolve('test/support/leak-check.ts');
const VITEST = resolve('node_modules/vitest/vitest.mjs');

describe.skipIf(process.platform !== 'linux')('the check for what a test run leaves behind', () => {
  const run = `planted-${process.pid}`;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'omcm-leak-check-'));
  });
  afterEach(async () => {
    await execute([CHECK, run, '--end']);
    await rm(folder, { recursive: true, force: true });
  });

  it('finds nothing after a clean run', async () => {
    expect(await execute([CHECK, run])).toEqual({ exitCode: 0, stderr: '' });
  });

  it('finds a process that inherited the run, and ends it when asked to', async () => {
    const { pid } = startSleeper({ OMCM_TEST_RUN: run });

    const first = await execute([CHECK, run, '--end']);

    expect(first).toEqual({ exitCode: 1, stderr: `left behind: process ${pid}: sleep 60\n` });
    expect(await execute([CHECK, run])).toEqual({ exitCode: 0, stderr: '' });
  });

  it('finds a process that knows the run only by its HOME', async () => {
    const { pid } = startSleeper({ HOME: `/tmp/omcm-test-${run}-home` });
    expect((await execute([CHECK, run])).stderr).toBe(`left behind: process ${pid}: sleep 60\n`);
  });

  it('leaves the processes of another run alone', async () => {
    const sleeper = startSleeper({ OMCM_TEST_RUN: `${run}0` });
    expect(await execute([CHECK, run, '--end'])).toEqual({ exitCode: 0, stderr: '' });
    sleeper.kill();
  });

  it('finds a temporary folder', async () => {
    const left = await mkdtemp(join(tmpdir(), `omcm-test-${run}-`));
    expect((await execute([CHECK, run])).stderr).toBe(`left behind: folder ${left}\n`);
  });

  it('fails a run of tests that all passed', async () => {
    await plantLeakyProject();
    const { exitCode, stderr } = await execute([VITEST, 'run', '--root', folder], run);
    expect(stderr).toMatch(/The tests left behind:\n {2}process \d+: sleep 60\n/);
    expect(exitCode).toBe(1);
  });

  async function plantLeakyProject(): Promise<void> {
    await mkdir(join(folder, 'node_modules'));
    await symlink(resolve('node_modules/vitest'), join(folder, 'node_modules/vitest'));
    await writeFile(
      join(folder, 'vitest.config.mjs'),
      `export default { test: { globalSetup: [${JSON.stringify(SETUP)}] } };`,
    );
    await writeFile(
      join(folder, 'leaky.test.mjs'),
      `import { spawn } from 'node:child_process';
       import { it } from 'vitest';
       it('passes', () => spawn('sleep', ['60'], { stdio: 'ignore', detached: true }).unref());`,
    );
  }
});

function startSleeper(env: Readonly<Record<string, string>>) {
  const sleeper = spawn('sleep', ['60'], { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' });
  sleeper.unref();
  return sleeper;
}

function execute(args: readonly string[], run?: string): Promise<{ exitCode: number; stderr: string }> {
  const env = { ...process.env, OMCM_LEAK_PATIENCE_MS: '300', ...(run && { OMCM_TEST_RUN: run }) };
  return new Promise((settle) => {
    execFile(process.execPath, [...args], { env }, (error, _stdout, stderr) => {
      settle({ exitCode: error ? Number(error.code) : 0, stderr });
    });
  });
}
