import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runProcess } from '../../src/simulation/run-process.ts';

/** A parent that waits for ever on a child, and tells the child's pid. */
const waitingFamily = ['-c', 'sleep 60 & echo $!; wait'];
const shell = { command: '/bin/sh', cwd: '/', env: { PATH: process.env.PATH }, timeoutMs: 10_000 };

describe('running a program', () => {
  it('kills it with all its children when its time is up', async () => {
    const { timedOut, exitCode, stdout } = await runProcess({
      ...shell,
      args: waitingFamily,
      timeoutMs: 200,
    });
    expect({ timedOut, exitCode }).toEqual({ timedOut: true, exitCode: null });
    await expectGone(Number(stdout));
  });

  it('kills it with all its children when the caller gives up', async () => {
    const giveUp = new AbortController();
    const { timedOut, stdout } = await runProcess({
      ...shell,
      args: waitingFamily,
      signal: giveUp.signal,
      onLine: () => giveUp.abort(),
    });
    expect(timedOut).toBe(false);
    await expectGone(Number(stdout));
  });

  it('ends although a daemon of another group keeps the output open', async () => {
    const { exitCode, stdout, durationMs } = await runProcess({
      ...shell,
      args: ['-c', 'setsid sleep 4 & echo $!'],
    });
    process.kill(Number(stdout), 'SIGKILL');
    expect(exitCode).toBe(0);
    expect(durationMs).toBeLessThan(3_500);
  });
});

async function expectGone(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isAlive(pid), { timeout: 3_000 }).toBe(false);
}

/** A killed grandchild stays in the table as a zombie until its new parent has noticed. */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}
