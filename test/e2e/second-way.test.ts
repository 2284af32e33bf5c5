import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { MODS_OFF } from '../support/mods-off.ts';
import { useOmcm } from '../support/use-omcm.ts';

describe('where mods are switched off', () => {
  it('the hook delivers the report, once and whole, as the reason why no subagent was started', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    const report = `The report.\n${'0123456789 '.repeat(2_000)}\nIts end. 끝 🏁`;
    google.on({ answer: { text: report } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find "it"\n여기' }] }] });
    await omcm.warm();

    const run = await omcm.claude({ prompt: 'go', extraArgs: MODS_OFF });

    const [call] = agentCalls(run.events);
    expect(call?.result?.text).toContain('This is not an error');
    expect(call?.result?.text).toContain(report);
    expect(google.journal().map(({ lastUserText }) => lastUserText)).toEqual(['find "it"\n여기']);
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
  });

  it('a call that stays on Claude is not touched', async () => {
    const omcm = await useOmcm({ config: { mode: 'default' } });
    const { anthropic, google, openai } = omcm.providers;
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });
    await omcm.warm();

    const run = await omcm.claude({ prompt: 'go', extraArgs: MODS_OFF });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ isError: false, report: 'by Claude' });
    expect([...google.journal(), ...openai.journal()]).toEqual([]);
  });
});
