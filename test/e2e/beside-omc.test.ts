import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { endProcessesUnder } from '../support/stop-process.ts';
import { PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const OMC_DIR = join(import.meta.dirname, '..', '..', 'node_modules', 'oh-my-claude-sisyphus');

describe('beside the real oh-my-claudecode', () => {
  it('its agents are routed with their own instructions, and its hooks still run', async () => {
    const omcm = await useOmcm();
    const { anthropic, google, openai } = omcm.providers;
    google.on({ answer: { text: 'found by Gemini' } });
    openai.on({ answer: { text: 'judged by GPT' } });
    scriptConductor(anthropic, {
      rounds: [
        {
          calls: [
            { agent: 'oh-my-claudecode:explore', prompt: 'find it' },
            { agent: 'oh-my-claudecode:architect', prompt: 'judge it' },
          ],
        },
      ],
    });
    // Its own workers outlive its sessions by a while.
    onTestFinished(() => endProcessesUnder(omcm.home.root));
    await omcm.warm();

    const run = await omcm.claude({
      prompt: 'go',
      pluginDirs: [OMC_DIR, PLUGIN_DIR],
      extraArgs: ['--include-hook-events'],
    });

    expect(agentCalls(run.events).map(({ result }) => result?.report)).toEqual([
      'found by Gemini',
      'judged by GPT',
    ]);
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
    expect(google.journal()[0]?.lastUserText).toBe('find it');
    expect(google.journal()[0]?.system.length).toBeGreaterThan(2_000);
  });
});
