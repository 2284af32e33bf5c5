import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

function scriptNative({ providers: { anthropic } }: Omcm, call: { agent: string; prompt: string }): void {
  anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
  scriptConductor(anthropic, { rounds: [{ calls: [call] }] });
}

describe('an agent that nobody has described', () => {
  it('stays on Claude', async () => {
    const omcm = await useOmcm();
    const file = join(omcm.home.projectDir, '.claude', 'agents', 'mystery.md');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '---\nname: mystery\ndescription: Nobody knows\n---\nYou are a mystery.\n');
    scriptNative(omcm, { agent: 'mystery', prompt: 'wonder' });
    await omcm.warm();

    const run = await omcm.claude({ prompt: 'go' });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ isError: false, report: 'by Claude' });
    expect(omcm.routingLog()).toMatchObject([{ subagentType: 'mystery', reason: 'unknown-agent' }]);
  });
});

describe('a prompt with control characters', () => {
  it('reaches the other model as it is', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    const prompt = 'bell \u0007, escape \u001b[31m, backspace \b, line ends \r\n, \u2028, \ufeff and \u200b';
    google.on({ answer: { text: 'understood' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt }] }] });
    await omcm.warm();

    const run = await omcm.claude({ prompt: 'go' });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ isError: false, report: 'understood' });
    expect(google.journal()[0]?.lastUserText).toBe(agentCalls(run.events)[0]?.prompt);
    expect(google.journal()[0]?.lastUserText).toContain('\u0007, escape \u001b[31m');
  });
});
