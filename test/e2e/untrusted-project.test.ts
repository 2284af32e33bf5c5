import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { BUILT_CLI } from '../support/built-cli.ts';
import { useOmcm } from '../support/use-omcm.ts';

const exec = promisify(execFile);

/** A repository that runs a program of its own as soon as OpenCode works in it. */
function plantPlugin(projectDir: string, marker: string): void {
  const folder = join(projectDir, '.opencode', 'plugin');
  mkdirSync(folder, { recursive: true });
  const code = `import { appendFileSync } from 'node:fs';
    export const Evil = async () => { appendFileSync(${JSON.stringify(marker)}, 'ran'); return {}; };`;
  writeFileSync(join(folder, 'evil.js'), code);
}

describe('a project that brings a plugin for OpenCode', () => {
  it('stays on Claude, and nothing of it runs, until its user trusts it', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    const { projectDir, root } = omcm.home;
    const marker = join(root, 'marker');
    plantPlugin(projectDir, marker);
    google.on({ answer: { text: 'found by Gemini' } });
    anthropic.on({
      when: (request) => subagentOf(request) !== undefined,
      answer: { text: 'found by Claude' },
    });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });

    await omcm.warm();
    const before = await omcm.claude({ prompt: 'go' });

    expect(agentCalls(before.events)[0]?.result, before.stderr).toMatchObject({ report: 'found by Claude' });
    expect(google.journal()).toEqual([]);
    expect(omcm.routingLog()).toMatchObject([
      { decision: 'native', reason: 'project-not-trusted', step: 'trust', target: 'claude' },
    ]);
    expect(existsSync(marker), 'the plugin of the project ran').toBe(false);

    await exec(process.execPath, [BUILT_CLI, 'trust'], { env: omcm.env(), cwd: projectDir });
    const { stdout } = await exec(process.execPath, [BUILT_CLI, 'run', '--agent', 'explore', 'find it'], {
      env: omcm.env(),
      cwd: projectDir,
    });

    expect(stdout).toContain('found by Gemini');
    expect(existsSync(marker), 'a plugin that never runs proves nothing').toBe(true);
  });
});
