import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { useOmcm } from '../support/use-omcm.ts';

describe('shadow mode', () => {
  it('lets Claude answer, starts no OpenCode, and writes down who would have answered', async () => {
    const omcm = await useOmcm({ config: { mode: 'shadow' } });
    const { anthropic, openai, google } = omcm.providers;
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'found by Claude' },
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
  });
});
