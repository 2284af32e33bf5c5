import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { processIsAlive } from '../../../src/adapters/processes/process-is-alive.ts';
import { until } from '../../daemon/support/until.ts';

describe('a process is alive', () => {
  it('while it runs, and not when it has ended', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    const { pid = 0 } = child;
    expect(processIsAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await until(() => !processIsAlive(pid));
  });

  it.runIf(process.platform === 'linux')('not when nobody has taken note of its end', async () => {
    // The shell starts a child, becomes a program that never waits for it, and so keeps a zombie.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.setEncoding('utf8').once('data', (text) => resolve(Number(text)));
    });
    await until(() => !processIsAlive(pid));
    expect(() => process.kill(pid, 0)).not.toThrow();
    parent.kill('SIGKILL');
  });

  it.each([0, -1, Number.NaN, 2 ** 22 + 1])('not with the number %d', (pid) => {
    expect(processIsAlive(pid)).toBe(false);
  });
});
