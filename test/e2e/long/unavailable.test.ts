import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { mountSmallDisk } from '../../adapters/files/small-disk.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { endProcessesUnder } from '../../support/stop-process.ts';
import { useOmcm } from '../../support/use-omcm.ts';
import { expectNative, scriptNative, waitedMs } from '../unavailable/native-subagent.ts';

describe('the native subagent runs, with the reason written down, when', () => {
  it('the provider is silent for longer than the configured patience', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', opencode: { stallTimeout: 1_000 } } });
    scriptNative(omcm);
    omcm.providers.google.on({ answer: { fault: { kind: 'hang' } } });
    await omcm.warm();

    expectNative(await omcm.claude({ prompt: 'go' }));

    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-provider-silent');
  });

  it('the task takes longer than its deadline', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', opencode: { timeout: 1_500 } } });
    scriptNative(omcm);
    omcm.providers.google.on({ answer: { text: 'too late', delayMs: 20_000 } });
    await omcm.warm();

    expectNative(await omcm.claude({ prompt: 'go' }));

    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-deadline-exceeded');
  });

  it('the provider refuses the key', async () => {
    const omcm = await useOmcm();
    scriptNative(omcm);
    omcm.providers.google.on({ answer: { fault: { kind: 'refused-key' } } });
    await omcm.warm();

    expectNative(await omcm.claude({ prompt: 'go' }));

    expect(waitedMs(omcm)).toBeLessThan(2_000);
    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-provider-refused-key');
  });

  it('the provider sends nothing that makes sense, and is not asked for ever', async () => {
    const omcm = await useOmcm();
    scriptNative(omcm);
    omcm.providers.google.on({ answer: { fault: { kind: 'empty-body' } } });
    await omcm.warm();

    expectNative(await omcm.claude({ prompt: 'go' }));

    const models = omcm.providers.google.journal().map(({ model }) => model);
    // OpenCode asks on until the daemon's word has reached it: a few times more on a busy machine.
    for (const model of models) expect(models.filter((one) => one === model).length).toBeLessThan(10);
    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-provider-garbage');
  });
});

describe('a state folder that is read-only or full', () => {
  it('costs no call when it becomes read-only', async () => {
    const omcm = await useOmcm();
    scriptNative(omcm);
    omcm.providers.google.on({ answer: { text: 'routed' } });
    await omcm.warm();
    // Root writes everywhere: a folder in the place of the file is what cannot be written by anybody.
    mkdirSync(join(omcm.stateDir, 'fusion-state.json'), { recursive: true });
    chmodSync(omcm.stateDir, 0o500);

    const run = await omcm.claude({ prompt: 'go' });
    chmodSync(omcm.stateDir, 0o700);

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ isError: false });
  });

  it('costs no call when its disk is full from the start (needs a tmpfs, so root)', async ({ skip }) => {
    const disk = await mountSmallDisk();
    if (disk === null) return skip('no small file system can be mounted here');
    const omcm = await useOmcm();
    scriptNative(omcm);
    onTestFinished(() => endProcessesUnder(disk));
    writeFileSync(join(disk, 'everything'), Buffer.alloc(64 * 1024));

    const run = await omcm.claude({ prompt: 'go', env: { OMCM_HOME: disk, OMCM_MODE: 'fusion' } });

    expectNative(run);
    expect(omcm.providers.google.journal()).toEqual([]);
  });

  it('costs no call when its disk fills up while servers run (needs a tmpfs, so root)', async ({ skip }) => {
    const disk = await mountSmallDisk('64m');
    if (disk === null) return skip('no small file system can be mounted here');
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    google.on({ answer: { text: 'by Gemini' } });
    google.on({
      times: 1,
      answer: () => {
        fillDisk(disk);
        return { text: 'by Gemini' };
      },
    });
    const look = (prompt: string) => ({ calls: [{ agent: 'Explore', prompt }] });
    scriptConductor(anthropic, { rounds: [look('first'), look('second'), look('third')] });
    onTestFinished(() => endProcessesUnder(disk));

    const env = { OMCM_HOME: disk, OMCM_MODE: 'fusion' };
    // Calls that come before there is a daemon stay on Claude.
    execFileSync(process.execPath, [BUILT_CLI, 'daemon', 'start'], { env: omcm.env(env) });
    const run = await omcm.claude({ prompt: 'go', env });

    expect(run.exitCode, run.stderr).toBe(0);
    expect(google.journal().length).toBeGreaterThan(0);
    const results = agentCalls(run.events).map(({ result }) => result);
    expect(results).toHaveLength(3);
    for (const result of results)
      expect(result).toMatchObject({ isError: false, report: expect.stringMatching(/^by (Gemini|Claude)$/) });
  });
});

function fillDisk(disk: string): void {
  const chunk = Buffer.alloc(64 * 1024);
  try {
    for (;;) appendFileSync(join(disk, 'everything'), chunk);
  } catch {
    // Full.
  }
}
