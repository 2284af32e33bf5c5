import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor } from '../../src/simulation/scripted-conductor.ts';
import { stopProcess } from '../support/stop-process.ts';
import { useOmcm } from '../support/use-omcm.ts';
import { expectNative, scriptNative, waitedMs } from './unavailable/native-subagent.ts';

/** Two seconds on a machine that has nothing else to do. */
const SOON_MS = 6_000;

describe('the native subagent runs, soon and with the reason written down, when', () => {
  it('there is no OpenCode', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', opencode: { command: 'opencode-is-not-here' } } });
    scriptNative(omcm);
    await omcm.warm();

    expectNative(await omcm.claude({ prompt: 'go' }));

    expect(waitedMs(omcm)).toBeLessThan(SOON_MS);
    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-opencode-not-installed');
    expect((await omcm.status()).recentProblems.map(({ code }) => code)).toContain('opencode-not-installed');
  });

  it('OpenCode ends as soon as it is started', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', opencode: { command: '/bin/false' } } });
    scriptNative(omcm);
    await omcm.warm();

    expectNative(await omcm.claude({ prompt: 'go' }));

    expect(waitedMs(omcm)).toBeLessThan(SOON_MS);
    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-server-start-failed');
  });

  it('the daemon cannot start', async () => {
    const omcm = await useOmcm();
    scriptNative(omcm);
    // A file where the state folder should be: no socket, no log.
    const elsewhere = join(omcm.home.root, 'not-a-folder');
    writeFileSync(elsewhere, '');

    const run = await omcm.claude({ prompt: 'go', env: { OMCM_HOME: join(elsewhere, 'omcm') } });

    expectNative(run);
    expect(waitedMs(omcm)).toBeLessThan(SOON_MS);
  });

  it('the provider is at its limit, without waiting for OpenCode to retry', async () => {
    const omcm = await useOmcm({ config: { mode: 'fusion', targets: { flash: ['google/gemini-3-flash'] } } });
    scriptNative(omcm);
    omcm.providers.google.on({ answer: { fault: { kind: 'rate-limit', retryAfterSeconds: 120 } } });
    await omcm.warm();

    expectNative(await omcm.claude({ prompt: 'go' }));

    expect(waitedMs(omcm)).toBeLessThan(SOON_MS);
    expect(omcm.providers.google.journal()).toHaveLength(1);
    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-provider-rate-limited');
  });
});

describe('a daemon that was killed', () => {
  it('before the call is started again, and the call is routed', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'routed all the same' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });
    await omcm.warm();
    const pid = omcm.daemonPid() ?? 0;
    process.kill(pid, 'SIGKILL');
    await stopProcess(pid);

    const run = await omcm.claude({ prompt: 'go' });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({
      isError: false,
      report: 'routed all the same',
    });
    expect(omcm.daemonPid()).not.toBe(pid);
  });
});
