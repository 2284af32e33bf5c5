import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { processIsAlive } from '../../../src/adapters/processes/process-is-alive.ts';
import { endProcess } from '../../../src/cli/demo/processes/end-process.ts';

/** Its pid, once it is able to disobey. */
async function startProcess(script: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', `${script}; console.log('up'); setInterval(() => {}, 1000)`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
}

describe('ending a process', () => {
  it('ends one that goes when it is asked', async () => {
    const pid = await startProcess('');
    expect(processIsAlive(pid)).toBe(true);
    expect(await endProcess(pid, { group: false })).toBe(true);
    expect(processIsAlive(pid)).toBe(false);
  });

  it('ends one that does not want to go', async () => {
    const pid = await startProcess("process.on('SIGTERM', () => {})");
    expect(await endProcess(pid, { group: true, patienceMs: 100 })).toBe(true);
    expect(processIsAlive(pid)).toBe(false);
  });

  it('has nothing to do where it has ended already', async () => {
    const pid = await startProcess('setTimeout(() => process.exit(), 0)');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await endProcess(pid, { group: false })).toBe(true);
  });
});
