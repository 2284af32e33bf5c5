import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { BUILT_CLI } from '../support/built-cli.ts';
import { publishNextRelease, publishRelease } from '../support/publish-release.ts';
import { isRunning } from '../support/stop-process.ts';
import { type Omcm, PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const exec = promisify(execFile);

/** Later than any that the package will have for long. */
const NEXT = '99.0.0';

function claudePlugin(omcm: Omcm, ...args: readonly string[]) {
  const { claude = 'claude' } = findBinaries();
  return exec(claude, ['plugin', ...args], { env: omcm.env(), cwd: omcm.home.projectDir, timeout: 60_000 });
}

function installedAt({ home }: Omcm): string {
  const file = join(home.home, '.claude', 'plugins', 'installed_plugins.json');
  const { plugins } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly plugins: Readonly<Record<string, readonly { readonly installPath: string }[]>>;
  };
  return plugins['omcm@omcm']?.[0]?.installPath ?? '';
}

describe('the plugin', () => {
  it("is valid in Claude Code's own eyes", async () => {
    const omcm = await useOmcm();
    const { stdout } = await claudePlugin(omcm, 'validate', PLUGIN_DIR);
    expect(stdout).toContain('Validation passed');
    expect(stdout).not.toContain('✘');
  });

  it('installed from the address of a git repository, works with nothing but what came from there', {
    timeout: 240_000,
  }, async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'found by Gemini' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });
    await claudePlugin(omcm, 'marketplace', 'add', await publishRelease(omcm.home));
    await claudePlugin(omcm, 'install', 'omcm');
    const plugin = installedAt(omcm);
    expect(plugin.startsWith(omcm.home.home), plugin).toBe(true);

    // Its own command line, from the folder that Claude Code puts on the PATH of what it runs.
    const options = { env: omcm.env(), cwd: omcm.home.projectDir, timeout: 60_000 };
    const command = (...words: readonly string[]) => exec(join(plugin, 'bin', 'omcm'), words, options);
    await command('daemon', 'start');
    const program = readFileSync(`/proc/${omcm.daemonPid()}/cmdline`, 'utf8');
    expect(program).toContain(omcm.home.home);

    // Does it come into play in a session of this user's? With the command line of the package, which has the simulation.
    const doctor = [BUILT_CLI, 'doctor', '--hooks', '--no-start', '--json'];
    // A session of a busy machine may take its whole minute; then it says so by itself.
    const patient = { ...options, timeout: 110_000 };
    const { stdout } = await exec(process.execPath, doctor, patient).catch((error) => error);
    const { findings } = JSON.parse(stdout);
    expect(findings.at(-1)).toMatchObject({ id: 'hooks', status: 'ok' });

    await omcm.warm();
    const run = await omcm.claude({ prompt: 'go', pluginDirs: [] });

    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({
      isError: false,
      report: 'found by Gemini',
    });
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);

    // The next release meets the daemon of this one.
    const older = omcm.daemonPid();
    await publishNextRelease(omcm.home, NEXT);
    await claudePlugin(omcm, 'marketplace', 'update', 'omcm');
    await claudePlugin(omcm, 'update', 'omcm@omcm');
    expect(installedAt(omcm)).toContain(NEXT);

    const updated = await omcm.claude({ prompt: 'go', pluginDirs: [] });

    expect(agentCalls(updated.events)[0]?.result, updated.stderr).toMatchObject({
      isError: false,
      report: 'found by Gemini',
    });
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);
    expect(await omcm.status()).toMatchObject({ version: NEXT });
    expect(omcm.daemonPid()).not.toBe(older);
    expect(isRunning(older ?? 0)).toBe(false);
  });
});
