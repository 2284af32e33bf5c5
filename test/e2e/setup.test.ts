import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { agentCalls } from '../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../src/simulation/scripted-conductor.ts';
import { BUILT_CLI } from '../support/built-cli.ts';
import { listFiles } from '../support/list-files.ts';
import { type Omcm, useOmcm } from '../support/use-omcm.ts';

const exec = promisify(execFile);
const SETUP = ['setup', '--no-input', '--completions', 'bash,zsh,fish,powershell'];

/** What Claude Code and OpenCode keep for themselves wherever they run. */
const OTHERS =
  /^(\.claude\.json|\.claude(\/(?!settings\.json|plugins\/(?!store))|$)|\.config\/opencode|\.local(\/share)?$|\.local\/(share|state)\/opencode|\.local\/state$|\.cache|\.npm)/;

const SETTINGS = `{
  // what I like
  "model": "sonnet", /* and nothing else */
  "statusLine": { "type": "command", "command": "echo \\"it's mine\\"" },
  "hooks": { "Stop": [ { "hooks": [ { "type": "command", "command": "true" } ] } ] },
}
`;

type Fresh = Omcm & {
  readonly settingsFile: string;
  readonly omcm: (
    ...words: readonly string[]
  ) => Promise<{ readonly stdout: string; readonly stderr: string }>;
  readonly begin: (...words: readonly string[]) => ChildProcess;
  /** The files of the home, without those that Claude Code and OpenCode write for themselves. */
  readonly files: () => Readonly<Record<string, string>>;
};

async function useFreshHome(settings: string | null, name = 'home'): Promise<Fresh> {
  const omcm = await useOmcm({ name });
  const { home, projectDir } = omcm.home;
  rmSync(omcm.stateDir, { recursive: true });
  const settingsFile = join(home, '.claude', 'settings.json');
  if (settings !== null) {
    mkdirSync(dirname(settingsFile), { recursive: true });
    writeFileSync(settingsFile, settings);
  }
  writeFileSync(join(home, '.zshrc'), 'alias ll="ls -l"');
  const options = { env: omcm.env(), cwd: projectDir, timeout: 90_000 };
  return {
    ...omcm,
    settingsFile,
    omcm: (...words) => exec(process.execPath, [BUILT_CLI, ...words], options),
    begin: (...words) => {
      const env = omcm.env();
      return spawn(process.execPath, [BUILT_CLI, ...words], { env, cwd: projectDir, stdio: 'ignore' });
    },
    files: () => Object.fromEntries(Object.entries(listFiles(home)).filter(([path]) => !OTHERS.test(path))),
  };
}

describe('omcm setup', () => {
  it('takes a user from nothing to a routed call, and omcm uninstall back, byte for byte', async () => {
    const omcm = await useFreshHome(SETTINGS, '내 집 folder');
    const before = omcm.files();

    await omcm.omcm(...SETUP);
    const settings = JSON.parse(readFileSync(omcm.settingsFile, 'utf8'));
    expect(settings).toMatchObject({ model: 'sonnet', enabledPlugins: { 'omcm@omcm': true } });
    expect(await omcm.omcm('config', 'get', 'mode')).toMatchObject({ stdout: 'shadow\n' });

    // Ports of this test's own, and a mode in which something is to be seen.
    omcm.configure({ mode: 'fusion' });
    const doctor = JSON.parse((await omcm.omcm('doctor', '--json')).stdout);
    expect(doctor.findings.filter(({ status }: { status: string }) => status === 'fail')).toEqual([]);
    expect(doctor.findings).toContainEqual(expect.objectContaining({ id: 'plugin', status: 'ok' }));

    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'found by Gemini' } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'find it' }] }] });
    await omcm.warm();
    const run = await omcm.claude({ prompt: 'go', pluginDirs: [] });
    expect(agentCalls(run.events)[0]?.result, run.stderr).toMatchObject({ report: 'found by Gemini' });
    expect(anthropic.journal().filter((request) => subagentOf(request) !== undefined)).toEqual([]);

    const line = exec('sh', ['-c', settings.statusLine.command], { env: omcm.env() });
    line.child.stdin?.end('{"session_id":"s","rate_limits":{"five_hour":{"used_percentage":42}}}');
    expect((await line).stdout).toMatch(/^it's mine\n.*42%/);

    await omcm.omcm('uninstall');
    expect(omcm.files()).toEqual(before);
    expect(omcm.daemonPid()).toBe(null);
  });

  it('killed while Claude Code installs the plugin, leaves nothing that the next uninstall does not mend', async () => {
    const omcm = await useFreshHome('{"model":   "sonnet"}');
    const before = omcm.files();
    const setup = omcm.begin(...SETUP);
    const known = join(dirname(omcm.settingsFile), 'plugins', 'known_marketplaces.json');
    const killing = setInterval(() => existsSync(known) && setup.kill('SIGKILL'), 1);
    await new Promise((resolve) => setup.once('exit', resolve));
    clearInterval(killing);
    expect(setup.signalCode).toBe('SIGKILL');
    // Its own child ends by itself.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(() => JSON.parse(readFileSync(omcm.settingsFile, 'utf8'))).not.toThrow();
    await omcm.omcm('uninstall');
    expect(omcm.files()).toEqual(before);
  });
});
