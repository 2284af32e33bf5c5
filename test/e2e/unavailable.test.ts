import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { stopProcess } from '../support/stop-process.ts';
import { type Omcm, useOmcm } from '../support/use-omcm.ts';
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

  it('in the middle of an answer leaves the conductor with Claude or with what there was, and the next call works', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    google.on({ answer: { text: 'second call, routed' } });
    google.on({
      times: 1,
      answer: { text: `${'long '.repeat(400)}never finished`, chunkDelayMs: 200, chunkChars: 400 },
    });
    scriptConductor(anthropic, {
      rounds: [
        { calls: [{ agent: 'Explore', prompt: 'first' }] },
        { calls: [{ agent: 'Explore', prompt: 'second' }] },
      ],
    });
    await omcm.warm();
    const killing = killOnceAsked(omcm);

    const run = await omcm.claude({ prompt: 'go' });
    await killing;

    const [first, second] = agentCalls(run.events);
    expect(first?.result?.isError).toBe(false);
    expect(first?.result?.report).toMatch(/by Claude|What stands above is incomplete/);
    expect(second?.result).toMatchObject({ isError: false, report: 'second call, routed' });
    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-open-daemon-unreachable');
  });
});

async function killOnceAsked(omcm: Omcm): Promise<void> {
  while (omcm.providers.google.journal().length === 0)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 600));
  process.kill(omcm.daemonPid() ?? 0, 'SIGKILL');
}

describe('an OpenCode server that dies', () => {
  it('before its first word has its task answered by another one, which answers the next as well', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    google.on({ answer: { text: 'by the new server' } });
    google.on({ times: 1, answer: { text: 'never', delayMs: 10_000 } });
    scriptConductor(anthropic, {
      rounds: [
        { calls: [{ agent: 'Explore', prompt: 'first' }] },
        { calls: [{ agent: 'Explore', prompt: 'second' }] },
      ],
    });
    await omcm.warm();
    const killing = killServerOnceAsked(omcm);

    const run = await omcm.claude({ prompt: 'go' });
    await killing;

    expect(agentCalls(run.events).map(({ result }) => result?.report)).toEqual([
      'by the new server',
      'by the new server',
    ]);
    expect(omcm.routingLog().map(({ reason }) => reason)).toContain('failed-server-died');
  });
});

async function killServerOnceAsked(omcm: Omcm): Promise<void> {
  while (omcm.providers.google.journal().length === 0)
    await new Promise((resolve) => setTimeout(resolve, 10));
  const [server] = (await omcm.status()).opencode.servers;
  process.kill(server?.pid ?? 0, 'SIGKILL');
}
