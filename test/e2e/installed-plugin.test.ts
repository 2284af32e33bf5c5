import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const exec = promisify(execFile);

function claudePlugin(omcm: Omcm, ...args: readonly string[]) {
  const { claude = 'claude' } = findBinaries();
  return exec(claude, ['plugin', ...args], { env: omcm.env(), cwd: omcm.home.projectDir, timeout: 60_000 });
}

describe('the plugin', () => {
  it("is valid in Claude Code's own eyes", async () => {
    const omcm = await useOmcm();
    const { stdout } = await claudePlugin(omcm, 'validate', PLUGIN_DIR);
    expect(stdout).toContain('Validation passed');
    expect(stdout).not.toContain('✘');
  });

  it('installed from this repository as its own marketplace, routes a call without any flag', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'found by Gemini' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });
    await claudePlugin(omcm, 'marketplace', 'add', join(PLUGIN_DIR, '..'));
    await claudePlugin(omcm, 'install', 'omcm@omcm');
    await omcm.warm();

    const run = await omcm.claude({ prompt: 'go', pluginDirs: [] });

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({
      isError: false,
      report: 'found by Gemini',
    });
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
  });
});
