import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const LIMIT_MS = 60_000;

type Examination = {
  readonly findings: readonly Finding[];
  readonly failed: number;
  readonly warned: number;
};

async function examine(home: CliHome, env: Readonly<Record<string, string>> = {}, flags = ['--no-start']) {
  const { findings, ...counts } = (await home.json(['doctor', ...flags], { env })) as Examination;
  return { ...counts, of: (id: string) => findings.filter((finding) => finding.id === id), findings };
}

/** The path of a program that prints a line and ends. */
function writeProgram(home: CliHome, name: string, line: string): string {
  const folder = join(home.home, 'bin');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho '${line}'\n`);
  chmodSync(file, 0o755);
  return folder;
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}

const NOTHING = { PATH: '/no/such/folder' };
const OWN_OPENCODE = { opencode: { command: 'opencode', args: [] } };

describe('omcm doctor', { timeout: LIMIT_MS }, () => {
  it('finds what is missing on a bare machine, each with its remedy', async () => {
    const home = useCli(cli, { config: OWN_OPENCODE, env: NOTHING });
    const { code, stdout } = await home.omcm(['doctor', '--json']);
    expect(code).toBe(6);
    const { findings, failed } = JSON.parse(stdout) as Examination;
    const failures = findings.filter(({ status }) => status === 'fail');
    expect(failed).toBe(failures.length);
    expect(failures.map(({ id }) => id)).toEqual(['claude-code', 'opencode', 'providers']);
    expect(findings.find(({ id }) => id === 'opencode')).toEqual({
      id: 'opencode',
      status: 'fail',
      message: 'OpenCode was not found (opencode)',
      remedy: expect.stringContaining('npm install -g opencode-ai'),
    });
    expect(findings.filter(({ status, remedy }) => (status === 'ok') === (remedy !== null))).toEqual([]);
    expect(findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['node', 'plugin', 'mods', 'daemon', 'config', 'state-folder', 'ripgrep']),
    );
  });

  it('tells people the same, a line and a remedy each', async () => {
    const home = useCli(cli, { config: OWN_OPENCODE, env: NOTHING });
    const { stdout, stderr } = await home.omcm(['doctor', '--no-start']);
    expect(stdout).toMatch(/^fail {2}OpenCode was not found \(opencode\)\n {6}→ npm install -g opencode-ai/m);
    expect(stdout).toMatch(/^ok {4}Node\.js \d+/m);
    expect(stderr).toMatch(/^2 failed, \d+ warnings\.\n$/);
  });

  it('asks the daemon what OpenCode has connected, and whether the configured models are among it', async () => {
    const home = useCli(cli, {
      config: {
        targets: { flash: ['google/gemini-4', 'google/gemini-3-flash'], codex: ['xai/grok'] },
        agents: { writer: { model: 'xai/grok' } },
      },
    });
    const { of } = await examine(home, {}, []);
    expect(of('daemon')).toMatchObject([{ status: 'ok' }]);
    expect(of('providers')).toMatchObject([{ status: 'ok', message: expect.stringContaining('openai (2)') }]);
    expect(of('target-oracle')).toMatchObject([{ status: 'ok' }]);
    expect(of('target-flash')).toMatchObject([
      { status: 'warn', message: expect.stringContaining('google/gemini-3-flash, because') },
    ]);
    expect(of('target-codex')).toMatchObject([
      { status: 'fail', remedy: expect.stringContaining('omcm config set targets.codex') },
    ]);
    expect(of('model')).toMatchObject([
      { status: 'warn', message: expect.stringContaining('agents.writer.model names xai/grok') },
    ]);
  });

  it('starts no daemon when it shall not', async () => {
    const home = useCli(cli);
    const { of } = await examine(home);
    expect(of('daemon')).toMatchObject([{ status: 'ok', message: expect.stringContaining('not running') }]);
    expect(of('providers')).toMatchObject([{ status: 'warn' }]);
    expect(home.daemons()).toEqual([]);
  });

  it.each([
    ['2.1.330 (Claude Code)', 'ok', 'Claude Code 2.1.330'],
    ['2.1.286 (Claude Code)', 'warn', 'cannot load mods'],
    ['hello', 'warn', 'does not tell its version'],
  ])('says of a Claude Code that calls itself "%s": %s', async (line, status, message) => {
    const home = useCli(cli, { config: OWN_OPENCODE });
    const { of } = await examine(home, { PATH: `${writeProgram(home, 'claude', line)}:/usr/bin:/bin` });
    expect(of('claude-code')).toMatchObject([{ status, message: expect.stringContaining(message) }]);
  });

  it.each([
    ['1.18.33', 'ok'],
    ['1.180.0', 'warn'],
    ['2.0.0', 'warn'],
  ])('says of OpenCode %s: %s', async (line, status) => {
    const home = useCli(cli, { config: OWN_OPENCODE });
    const { of } = await examine(home, { PATH: `${writeProgram(home, 'opencode', line)}:/usr/bin:/bin` });
    expect(of('opencode')).toMatchObject([{ status }]);
  });

  it.each([
    [undefined, {}, 'warn', 'claude plugin install omcm@omcm'],
    ['1.0.0', { enabledPlugins: { 'omcm@omcm': true } }, 'ok', null],
    ['0.9.0', {}, 'warn', 'claude plugin update omcm@omcm'],
    ['1.0.0', { enabledPlugins: { 'omcm@omcm': false } }, 'warn', 'claude plugin enable omcm@omcm'],
  ])('with the plugin at version %s and the settings %j: %s', async (version, settings, status, remedy) => {
    const home = useCli(cli);
    const folder = join(home.home, '.claude');
    const plugins = version === undefined ? {} : { 'omcm@omcm': [{ scope: 'user', version }] };
    writeJson(join(folder, 'plugins', 'installed_plugins.json'), { version: 2, plugins });
    writeJson(join(folder, 'settings.json'), settings);
    const { of } = await examine(home);
    expect(of('plugin')).toMatchObject([
      { status, remedy: remedy === null ? null : expect.stringContaining(remedy) },
    ]);
  });

  it('sees that all hooks are switched off, where CLAUDE_CONFIG_DIR points too', async () => {
    const home = useCli(cli);
    writeJson(join(home.home, 'elsewhere', 'settings.json'), { disableAllHooks: true });
    expect((await examine(home)).of('mods')).toMatchObject([{ status: 'ok' }]);
    const { of } = await examine(home, { CLAUDE_CONFIG_DIR: join(home.home, 'elsewhere') });
    expect(of('mods')).toMatchObject([
      { status: 'fail', remedy: expect.stringContaining(join(home.home, 'elsewhere', 'settings.json')) },
    ]);
    // A project may say otherwise, and is heard first.
    writeJson(join(home.projectDir, '.claude', 'settings.json'), { disableAllHooks: false });
    const again = await examine(home, { CLAUDE_CONFIG_DIR: join(home.home, 'elsewhere') });
    expect(again.of('mods')).toMatchObject([{ status: 'ok' }]);
  });

  it('reports wrong settings and damaged state files', async () => {
    const home = useCli(cli, { config: { treshold: 80 } });
    writeFileSync(join(home.paths.stateDir, 'fusion-state.json.corrupt-2026'), '');
    const { of } = await examine(home);
    expect(of('config')).toMatchObject([
      { status: 'warn', message: expect.stringContaining('did you mean threshold') },
    ]);
    expect(of('state-files')).toMatchObject([
      { status: 'warn', message: expect.stringContaining('fusion-state.json.corrupt-2026') },
    ]);
  });

  it('sees a state folder that nothing can be written into', async () => {
    const home = useCli(cli);
    writeFileSync(join(home.home, 'a-file'), '');
    const { of } = await examine(home, { OMCM_HOME: join(home.home, 'a-file', 'state') });
    expect(of('state-folder')).toMatchObject([
      { status: 'fail', remedy: expect.stringContaining('OMCM_HOME') },
    ]);
  });

  it('tells of the last problems that the daemon met', async () => {
    const home = useCli(cli, { config: { opencode: { command: 'opencode-is-not-here' } } });
    await home.omcm(['run', '--agent', 'explore', 'hi']);
    const { of } = await examine(home);
    expect(of('recent-problems')).toMatchObject([
      { status: 'warn', message: expect.stringContaining('opencode-not-installed') },
    ]);
    expect(of('providers')).toMatchObject([{ status: 'fail', message: expect.stringContaining('OpenCode') }]);
  });

  it('asks the providers only after a yes, and tells of each whether it answers', async () => {
    const home = useCli(cli);
    const unasked = await home.omcm(['doctor', '--probe']);
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toContain('omcm doctor --probe --yes');
    expect(home.journal().some(({ path }) => path?.endsWith('/prompt_async'))).toBe(false);

    const { of } = await examine(home, {}, ['--probe', '--yes']);
    expect(of('probe').map(({ status, message }) => [status, message.split(' (')[0]])).toEqual([
      ['ok', 'openai/gpt-5.2 answers'],
      ['ok', 'google/gemini-3-flash answers'],
    ]);
  });

  it('tells of a provider that does not answer', async () => {
    const home = useCli(cli, { env: { FAKE_OPENCODE_FAULT: 'no-session-500' } });
    const { of, failed } = await examine(home, {}, ['--probe', '--yes']);
    expect(of('probe').map(({ status }) => status)).toContain('fail');
    expect(of('probe')[0]?.remedy).toContain('opencode run --model');
    expect(failed).toBeGreaterThan(0);
  });
});
