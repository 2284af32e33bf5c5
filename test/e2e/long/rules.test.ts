import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { agentCalls, finalResult } from '../../../src/simulation/claude-events.ts';
import { writeReferenceAgents } from '../../../src/simulation/reference-agents.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { MODS_OFF } from '../../support/mods-off.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../../support/use-omcm.ts';

const MESSAGE = 'Reviews are done by people here.';
const config = {
  mode: 'fusion',
  rules: [
    { id: 'stays-here', action: 'force_claude', when: { agent: 'architect' } },
    { id: 'moves', action: 'force_opencode', target: 'flash', when: { agent: 'planner' } },
    { id: 'by-people', action: 'block', message: MESSAGE, when: { agent: 'code-*' } },
    { id: 'long-ones', action: 'force_claude', when: { agent: 'explore', promptChars: '> 100' } },
  ],
};

const of = (agent: string, prompt: string) => ({ agent: `oh-my-claudecode:${agent}`, prompt });

function omcm(home: Omcm, words: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [BUILT_CLI, ...words], {
    env: home.env(),
    cwd: home.home.projectDir,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(stderr).toBe('');
  return stdout;
}

describe('the rules of the user, in the real Claude Code', () => {
  it('keep one agent, move another, and block a third, whose message comes back to the conductor', async () => {
    const home = await useOmcm({ config });
    const { anthropic, openai, google } = home.providers;
    anthropic.on({ when: (request) => subagentOf(request) !== undefined, answer: { text: 'by Claude' } });
    google.on({ answer: { text: 'by Gemini' } });
    const calls = [
      of('architect', 'advise'),
      of('planner', 'plan'),
      of('explore', 'short'),
      of('explore', `long ${'x'.repeat(100)}`),
    ];
    const rounds = [...calls, of('code-reviewer', 'review')].map((call) => ({ calls: [call] }));
    scriptConductor(anthropic, { rounds });
    await home.warm();

    const run = await home.claude({
      prompt: 'go',
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(home.home.root)],
    });

    expect(run.exitCode, run.stderr).toBe(0);
    const results = agentCalls(run.events).map(({ result }) => result);
    expect(results.slice(0, 4).map((result) => result?.report)).toEqual([
      'by Claude',
      'by Gemini',
      'by Gemini',
      'by Claude',
    ]);
    expect(results[4]?.isError).toBe(false);
    expect(results[4]?.report).toContain('was not run');
    expect(results[4]?.report).toContain(MESSAGE);
    expect(finalResult(run.events)?.text).toContain(MESSAGE);

    const subagents = anthropic.journal().filter((request) => subagentOf(request) !== undefined);
    expect(subagents, 'the blocked one asked nobody').toHaveLength(2);
    expect(google.journal()).toHaveLength(2);
    expect(openai.journal()).toEqual([]);
    expect(home.routingLog().map(({ decision, reason }) => [decision, reason])).toEqual([
      ['native', 'rule-force-claude-stays-here'],
      ['route', 'rule-force-opencode-moves'],
      ['route', 'fusion-default-explore'],
      ['native', 'rule-force-claude-long-ones'],
      ['block', 'rule-block-by-people'],
    ]);

    const told = omcm(home, ['why', 'last']);
    expect(told).toContain('code-reviewer was answered by nobody');
    expect(told).toMatch(/force +rule-block-by-people +◄ decided\n/);
    expect(told).toMatch(/mode +fusion-default-code-reviewer +would have routed it\n/);
    expect(told).toContain('No provider was asked.');
    expect(omcm(home, ['why', '--agent', 'planner'])).toMatch(
      /planner → gemini\/gemini-3-flash[\s\S]*It finished: \d/,
    );
    const outcome = JSON.parse(omcm(home, ['why', '--agent', 'planner', '--json'])).outcome;
    expect(outcome.tokens.input).toBeGreaterThan(0);
  });

  it('block in the second way too', async () => {
    const home = await useOmcm({ config });
    const { anthropic, openai, google } = home.providers;
    scriptConductor(anthropic, { rounds: [{ calls: [of('code-reviewer', 'review')] }] });
    await home.warm();

    const run = await home.claude({
      prompt: 'go',
      extraArgs: MODS_OFF,
      pluginDirs: [PLUGIN_DIR, writeReferenceAgents(home.home.root)],
    });

    expect(finalResult(run.events)?.text).toContain(MESSAGE);
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
    expect([...openai.journal(), ...google.journal()]).toEqual([]);
  });
});
