import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

describe('a daemon that was killed', () => {
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
