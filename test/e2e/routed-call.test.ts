import { describe, expect, it } from 'vitest';
import { agentCalls, finalResult, taskEvents } from '../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const PROMPT =
  'Say "hello" to `the` user,\nthen\tto everybody: 안녕하세요 👋🏽 \\n is not a newline, $HOME not a variable, ${x} neither.';

describe('a subagent of the real Claude Code', () => {
  it('is answered by GPT through OpenCode, and Claude Code takes it for its own success', async () => {
    const omcm = await useOmcm();
    const { anthropic, openai } = omcm.providers;
    openai.on({
      answer: { text: 'Hello "user" — 안녕 👋🏽', usage: { input: 321, output: 45 }, chunkChars: 5 },
    });
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'oh-my-claudecode:architect', prompt: PROMPT }] }],
    });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    });

    expect(run.exitCode, run.stderr).toBe(0);
    const [call] = agentCalls(run.events);
    expect(call?.result).toMatchObject({ isError: false, report: 'Hello "user" — 안녕 👋🏽' });
    expect(finalResult(run.events)?.text).toContain('Hello "user" — 안녕 👋🏽');
    expect(taskEvents(run.events).find(({ subtype }) => subtype === 'task_notification')).toMatchObject({
      status: 'completed',
      totalTokens: 366,
    });

    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
    const asked = openai.journal();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ model: 'gpt-5.2', lastUserText: PROMPT });
    expect(asked[0]?.system, "the agent's own instructions").toContain('You advise on structure.');
    const conductor = anthropic.journal().at(-1);
    expect(conductor?.turns.at(-1)?.text).toContain('Hello "user" — 안녕 👋🏽');

    expect(omcm.routingLog()).toMatchObject([
      {
        toolName: 'Agent',
        subagentType: 'oh-my-claudecode:architect',
        agent: 'architect',
        decision: 'route',
        reason: 'fusion-default-architect',
        target: 'opencode',
        provider: 'openai',
        model: 'gpt-5.2',
      },
    ]);
  });

  it('runs natively, untouched, where the decision leaves it on Claude', async () => {
    const omcm = await useOmcm();
    const { anthropic, openai, google } = omcm.providers;
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'A plan by Claude.' },
    });
    scriptConductor(anthropic, {
      rounds: [{ calls: [{ agent: 'oh-my-claudecode:planner', prompt: 'plan it' }] }],
    });
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(omcm.home.root)],
    });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ isError: false, report: 'A plan by Claude.' });
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toHaveLength(1);
    expect([...openai.journal(), ...google.journal()]).toEqual([]);
    expect(omcm.routingLog()).toMatchObject([{ agent: 'planner', decision: 'native', target: 'claude' }]);
  });

  it('is found by the plugin alone: the session starts the daemon and warms a server', async () => {
    const omcm = await useOmcm({ name: '내 집 with spaces' });
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'cold but there' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });

    const run = await omcm.claude({ prompt: 'go' });

    expect(agentCalls(run.events)[0]?.result).toMatchObject({ isError: false, report: 'cold but there' });
    expect(google.journal()).toHaveLength(1);
  });
});
