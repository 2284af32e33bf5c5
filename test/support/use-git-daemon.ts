// A remote that is reached by `git://`, until the test is over.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from '../daemon/support/until.ts';
import { freePort } from './free-port.ts';
import { stopProcess } from './stop-process.ts';
import { TEST_FOLDER_PREFIX } from './test-folder-prefix.ts';

/** The start of its address, and the folder in which its repositories are. */
export async function useGitDaemon(): Promise<{ readonly url: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER_PREFIX}remote-`));
  const port = await freePort();
  const program = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-daemon');
  const words = [
    `--base-path=${folder}`,
    '--export-all',
    '--listen=127.0.0.1',
    `--port=${port}`,
    '--verbose',
  ];
  const daemon = spawn(program, [...words, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  daemon.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  onTestFinished(async () => {
    await stopProcess(daemon.pid ?? 0);
    rmSync(folder, { recursive: true, force: true });
  });
  await until(() => said.includes('Ready to rumble'));
  return { url: `git://127.0.0.1:${port}`, folder };
}
