import { describe, expect, it } from 'vitest';
import { agentCalls, finalResult } from '../../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

describe('a subagent of the real Claude Code', () => {
  it('works side by side with three others, all of them at the same time', async () => {
    const omcm = await useOmcm();
    const { anthropic, openai, google } = omcm.providers;
    for (const provider of [openai, google]) {
      provider.on({ answer: (request) => ({ text: `done: ${request.lastUserText}`, delayMs: 1_500 }) });
    }
    const agents = ['explore', 'architect', 'researcher', 'explore-high'];
    const calls = agents.map((agent) => ({ agent: `oh-my-claudecode:${agent}`, prompt: `work of ${agent}` }));
    scriptConductor(anthropic, { rounds: [{ calls }] });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    });

    expect(agentCalls(run.events).map(({ result }) => result?.report)).toEqual(
      agents.map((agent) => `done: work of ${agent}`),
    );
    const requests = [...openai.journal(), ...google.journal()];
    expect(requests).toHaveLength(4);
    const lastStart = Math.max(...requests.map(({ at }) => at));
    const firstEnd = Math.min(...requests.map(({ endedAt }) => endedAt ?? 0));
    expect(lastStart, 'the last started before the first ended').toBeLessThan(firstEnd);
  });

  it('reports by notification when it runs in the background', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'found in the background', delayMs: 500 } });
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it', background: true }] }],
    });
    await omcm.warm();

    const run = await omcm.claude({ prompt: 'go' });

    expect(run.exitCode, run.stderr).toBe(0);
    expect(finalResult(run.events)?.text).toContain('found in the background');
    expect(google.journal()).toHaveLength(1);
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
  });
});
