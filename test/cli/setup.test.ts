import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../support/list-files.ts';
import { buildCli } from './support/build-cli.ts';
import { type FreshOptions, useFreshHome as useFresh } from './support/use-fresh-home.ts';

const cli = await buildCli();
const useFreshHome = (options?: FreshOptions) => useFresh(cli, options);

const COMMENTED = `{
    // the model that I like
    "model": "opus",  /* odd   spacing */
      "statusLine": { "type": "command", "padding": 0, "command": "printf '%s' 'mine'" },
    "hooks": { "Stop": [ { "hooks": [ { "type": "command", "command": "true" } ] } ] },
}
`;
const ODD =
  '{\r\n\t"model":"opus",\r\n\t\t"permissions" : {"allow":["A",\r\n"B"]},\r\n\t"enabledPlugins":{"other@x":true}}';

const SETUP = ['setup', '--no-input'];

describe('omcm setup', () => {
  it('installs plugin, status line, settings and completions, and tells each', async () => {
    const home = useFreshHome();
    const { code, stderr } = await home.omcm(SETUP);
    expect(code, stderr).toBe(0);
    for (const what of ['settings of OMCM', 'plugin of Claude Code', 'status line', 'completions'])
      expect(stderr).toContain(`✓ ${what}`);
    expect(home.settings()).toMatchObject({
      enabledPlugins: { 'omcm@omcm': true },
      statusLine: { type: 'command', command: expect.stringMatching(/status-line\.(sh|cjs)/) },
    });
    expect(readFileSync(home.paths.userConfigFile, 'utf8')).toContain('// Settings of OMCM');
    expect(await home.json(['config', 'get', 'mode'])).toBe('shadow');
    expect((await home.omcm(['config', 'check'])).code).toBe(0);
    expect(existsSync(join(home.home, '.local/share/bash-completion/completions/omcm'))).toBe(true);
  });

  it('changes nothing the second time', async () => {
    const home = useFreshHome({ settings: ODD });
    await home.omcm(SETUP);
    const once = listFiles(home.home);
    const again = await home.omcm(SETUP);
    expect(again.stderr).toContain('nothing to change');
    expect(listFiles(home.home)).toEqual(once);
  });

  it('leaves a plugin alone that the user installed from the address of a repository', async () => {
    const home = useFreshHome();
    await home.omcm(SETUP);
    const known = join(home.home, '.claude', 'plugins', 'known_marketplaces.json');
    const source = { source: 'git', url: 'https://example.com/omcm.git', ref: 'release' };
    writeFileSync(known, JSON.stringify({ omcm: { source, installLocation: '/elsewhere/omcm' } }));
    expect(await home.json(['setup', '--dry-run'])).toMatchObject({ changes: [] });
    writeFileSync(known, JSON.stringify({ omcm: { installLocation: '/elsewhere/omcm' } }));
    expect(await home.json(['setup', '--dry-run'])).toMatchObject({ changes: [{ id: 'plugin' }] });
  });

  it('shows every change with --dry-run, and makes none', async () => {
    const home = useFreshHome({ settings: COMMENTED });
    const { stdout, code } = await home.omcm(['setup', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('claude plugin install omcm@omcm');
    expect(stdout).toContain("ours under the one that is there: printf '%s' 'mine'");
    expect(stdout).toContain('comments and trailing commas go');
    expect(stdout).toContain('"mode": "shadow"');
    expect(await home.json(['setup', '--dry-run'])).toMatchObject({ applied: false, changes: { length: 4 } });
    expect(listFiles(home.home)).toEqual(home.before);
  });

  it('keeps order, layout and line ends of the settings, of which Claude Code would keep none', async () => {
    const home = useFreshHome({ settings: ODD });
    await home.omcm([...SETUP, '--no-status-line']);
    const text = readFileSync(home.settingsFile, 'utf8');
    expect(text).toContain('{\r\n\t"model":"opus",\r\n\t\t"permissions" : {"allow":["A",\r\n"B"]}');
    expect(home.settings()).toMatchObject({ enabledPlugins: { 'other@x': true, 'omcm@omcm': true } });
  });

  it('takes the mode that it is told, also into settings that are there', async () => {
    const home = useFreshHome();
    await home.omcm([...SETUP, '--mode', 'fusion']);
    expect(await home.json(['config', 'get', 'mode'])).toBe('fusion');
    await home.omcm([...SETUP, '--mode', 'save-tokens']);
    expect(await home.json(['config', 'get', 'mode'])).toBe('save-tokens');
    expect(readFileSync(home.paths.userConfigFile, 'utf8')).toContain('// Settings of OMCM');
  });

  it('asks for a terminal, or for a word that it may do without', async () => {
    const home = useFreshHome();
    const { code, stderr } = await home.omcm(['setup']);
    expect(code).toBe(2);
    expect(stderr).toContain('omcm setup --yes');
    expect(listFiles(home.home)).toEqual(home.before);
  });

  it('says what is missing where there is no Claude Code, and changes nothing', async () => {
    const home = useFreshHome();
    const { code, stderr } = await home.omcm(SETUP, { env: { PATH: dirname(process.execPath) } });
    expect(code).toBe(6);
    expect(stderr).toContain('npm install -g @anthropic-ai/claude-code');
    expect(listFiles(home.home)).toEqual(home.before);
  });

  it.each([undefined, ODD, COMMENTED])(
    'takes everything back where one step fails (settings: %j)',
    async (settings) => {
      const home = useFreshHome(settings === undefined ? {} : { settings });
      const { code, stderr } = await home.omcm(SETUP, { env: { FAKE_CLAUDE_FAILS: 'install' } });
      expect(code).toBe(1);
      expect(stderr).toContain('the disk is on fire');
      expect(listFiles(home.home)).toEqual(home.before);
    },
  );
});

describe('omcm uninstall', () => {
  it.each([
    ['without any settings', {}],
    ['with settings in an odd layout', { settings: ODD }],
    ['with comments and a status line', { settings: COMMENTED }],
    ['under spaces and Korean', { settings: COMMENTED, name: '내 집 folder' }],
    ['with zsh', { settings: ODD, shell: '/usr/bin/zsh' }],
    ['with fish', { shell: '/usr/bin/fish' }],
  ])('leaves a home byte for byte as it was: %s', async (_, options: FreshOptions) => {
    const home = useFreshHome(options);
    await home.omcm(SETUP);
    expect(listFiles(home.home)).not.toEqual(home.before);
    const { code, stderr } = await home.omcm(['uninstall']);
    expect(code, stderr).toBe(0);
    expect(listFiles(home.home)).toEqual(home.before);
  });

  it('takes out only what is ours where a file was changed since, and says so', async () => {
    const home = useFreshHome({ settings: ODD });
    await home.omcm(SETUP);
    const changed = readFileSync(home.settingsFile, 'utf8').replace('"opus"', '"sonnet"');
    writeFileSync(home.settingsFile, changed);
    const { stdout } = await home.omcm(['uninstall']);
    expect(stdout).toContain(`ours taken out, changed since  ${home.settingsFile}`);
    expect(home.settings()).toEqual({
      model: 'sonnet',
      permissions: { allow: ['A', 'B'] },
      enabledPlugins: { 'other@x': true },
    });
  });

  it('puts the status line back that was there, also where the settings were changed since', async () => {
    const home = useFreshHome({ settings: COMMENTED });
    await home.omcm(SETUP);
    writeFileSync(home.settingsFile, JSON.stringify({ ...home.settings(), model: 'sonnet' }));
    await home.omcm(['uninstall']);
    expect(home.settings()).toMatchObject({
      model: 'sonnet',
      statusLine: { type: 'command', padding: 0, command: "printf '%s' 'mine'" },
    });
  });

  it('leaves settings and logs with --keep-data', async () => {
    const home = useFreshHome();
    await home.omcm(SETUP);
    await home.omcm(['run', '--agent', 'explore', 'look']);
    await home.omcm(['uninstall', '--keep-data']);
    expect(existsSync(home.paths.userConfigFile)).toBe(true);
    expect(existsSync(home.paths.routingLogFile)).toBe(true);
    expect(existsSync(home.settingsFile)).toBe(false);
    expect(home.daemons()).toEqual([]);
  });

  it('works where setup was never run', async () => {
    const home = useFreshHome({ settings: ODD });
    const { code, stderr } = await home.omcm(['uninstall']);
    expect(code, stderr).toBe(0);
    expect(listFiles(home.home)).toEqual(home.before);
  });
});

describe('a later version has set this up:', () => {
  it.each([['setup', '--no-input'], ['uninstall']])(
    'omcm %s changes nothing, and says what to do',
    async (...words) => {
      const home = useFreshHome();
      await home.omcm(SETUP);
      const record = join(home.paths.stateDir, 'setup', 'record.json');
      const later = {
        ...JSON.parse(readFileSync(record, 'utf8')),
        version: 2,
        more: 'of what we do not know',
      };
      writeFileSync(record, JSON.stringify(later));
      const before = listFiles(home.home);
      const { code, stderr } = await home.omcm(words.filter((word) => word !== undefined));
      expect(code).toBe(6);
      expect(stderr).toContain('A later version of OMCM has set this up');
      expect(stderr).toContain('omcm update');
      expect(listFiles(home.home)).toEqual(before);
    },
  );
});

describe('omcm doctor --fix', () => {
  it('installs the plugin again, and closes what others could read', async () => {
    const home = useFreshHome({ settings: ODD });
    await home.omcm(SETUP);
    const { statusLine } = home.settings();
    writeFileSync(home.settingsFile, JSON.stringify({ statusLine, enabledPlugins: { 'omcm@omcm': false } }));
    chmodSync(home.paths.userConfigFile, 0o644);

    const first = (await home.json(['doctor', '--no-start'])) as Report;
    expect(statusesOf(first)).toMatchObject({ plugin: 'warn', permissions: 'warn' });
    const second = (await home.json(['doctor', '--no-start', '--fix'])) as Report;
    expect(second.fixed).toEqual(['plugin', 'permissions']);
    expect(statusesOf(second)).toMatchObject({ plugin: 'ok', permissions: 'ok' });
    expect(home.settings()).toMatchObject({ statusLine, enabledPlugins: { 'omcm@omcm': true } });
    expect(statSync(home.paths.userConfigFile).mode & 0o777).toBe(0o600);

    await home.omcm(['uninstall']);
    expect(existsSync(home.paths.stateDir)).toBe(false);
  });
});

type Report = {
  readonly findings: readonly { readonly id: string; readonly status: string }[];
  readonly fixed: readonly string[];
};

function statusesOf({ findings }: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map(({ id, status }) => [id, status]));
}

describe('a setup that is killed', () => {
  const STEPS = ['settings of OMCM', 'plugin of Claude Code', 'status line', 'completions'];

  it.each(STEPS)(
    'after "%s" leaves settings that can be read, and the next uninstall completes',
    async (step) => {
      const home = useFreshHome({ settings: COMMENTED });
      const setup = home.start(SETUP);
      const seen = setInterval(() => {
        if (setup.stderr().includes(`✓ ${step}`)) setup.child.kill('SIGKILL');
      }, 1);
      await setup.result;
      clearInterval(seen);
      if (step !== 'settings of OMCM') expect(() => home.settings()).not.toThrow();
      await home.omcm(['uninstall']);
      expect(listFiles(home.home)).toEqual(home.before);
    },
  );

  it('in the middle of Claude Code at work is completed by the next setup', async () => {
    const home = useFreshHome({ settings: ODD });
    const setup = home.start(SETUP);
    const seen = setInterval(() => {
      if (existsSync(join(home.home, '.claude', 'plugins', 'known_marketplaces.json')))
        setup.child.kill('SIGKILL');
    }, 1);
    await setup.result;
    clearInterval(seen);
    expect(() => home.settings()).not.toThrow();
    expect((await home.omcm(SETUP)).code).toBe(0);
    expect(readFileSync(home.settingsFile, 'utf8')).toContain(
      '{\r\n\t"model":"opus",\r\n\t\t"permissions" : ',
    );
    await home.omcm(['uninstall']);
    expect(listFiles(home.home)).toEqual(home.before);
  });
});
