// A Redis of the test's own, on a free port, with a folder of its own, and gone with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from '../daemon/support/until.ts';
import { freePort } from './free-port.ts';
import { stopProcess } from './stop-process.ts';
import { TEST_FOLDER_PREFIX } from './test-folder-prefix.ts';

export type OwnRedis = {
  readonly url: string;
  readonly port: number;
  /** At once, as if its machine had lost its power. */
  readonly kill: () => Promise<void>;
  /** With what it had written down. */
  readonly start: () => Promise<void>;
};

const PASSWORD = 'only-for-this-test';

export async function useRedis(): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER_PREFIX}redis-`));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async () => {
    const settings = {
      port,
      bind: '127.0.0.1',
      dir: folder,
      appendonly: 'yes',
      appendfsync: 'always',
      save: '',
    };
    const words = Object.entries({ ...settings, requirepass: PASSWORD }).flatMap(([name, value]) => [
      `--${name}`,
      String(value),
    ]);
    const started = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let said = '';
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        said += piece;
      });
    started.once('error', (error) => {
      said += `Ready to accept connections, but: ${error.message}`;
    });
    await until(() => said.includes('Ready to accept connections') || started.exitCode !== null);
    if (started.pid === undefined || started.exitCode !== null)
      throw new Error(`no redis-server (scripts/system-packages.sh installs it): ${said}`);
  };
  const kill = async () => {
    const pid = child?.pid;
    if (pid === undefined) return;
    child?.kill('SIGKILL');
    await stopProcess(pid);
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return { url: `redis://:${PASSWORD}@127.0.0.1:${port}`, port, kill, start };
}
