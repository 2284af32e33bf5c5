import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { sumUsage } from '../../src/simulation/sum-usage.ts';
import { until } from '../daemon/support/until.ts';
import { runOmcm } from '../support/run-omcm.ts';
import { useOmcm } from '../support/use-omcm.ts';

describe('shadow mode', () => {
  it('lets Claude answer, starts no OpenCode, and writes down who would have answered', async () => {
    const omcm = await useOmcm({ config: { mode: 'shadow' } });
    const { anthropic, openai, google } = omcm.providers;
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'found by Claude', usage: { input: 4_321, output: 65 } },
    });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });
    await omcm.start();

    const run = await omcm.claude({ prompt: 'go' });

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({ report: 'found by Claude' });
    expect([...openai.journal(), ...google.journal()]).toEqual([]);
    expect((await omcm.status()).opencode.servers).toEqual([]);
    expect(omcm.routingLog()).toMatchObject([
      {
        decision: 'native',
        target: 'claude',
        reason: 'shadow-fusion-default-Explore',
        step: 'shadow',
        shadow: {
          reason: 'fusion-default-Explore',
          step: 'mode',
          role: 'flash',
          provider: 'gemini',
          model: 'gemini-3-flash',
        },
        inputs: { mode: 'shadow' },
      },
    ]);

    const native = sumUsage(anthropic.journal().filter((request) => subagentOf(request) !== undefined));
    const shadow = async () => JSON.parse(await runOmcm(omcm, ['savings', '--shadow', '--json']));
    await until(async () => (await shadow()).total.tokens.input > 0, 20_000);
    expect(await shadow()).toMatchObject({
      rows: [{ agent: 'Explore', target: 'gemini/gemini-3-flash', calls: 1, unknown: 0 }],
      total: { tokens: { input: native.input, output: native.output } },
    });
  });
});
