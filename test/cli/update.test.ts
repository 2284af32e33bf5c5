import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';
import { useForeignDaemon } from './support/use-foreign-daemon.ts';

const cli = await buildCli();

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}

function installPlugin({ home }: CliHome, version: string): void {
  const file = join(home, '.claude', 'plugins', 'installed_plugins.json');
  writeJson(file, { version: 2, plugins: { 'omcm@omcm': [{ scope: 'user', version }] } });
}

describe('omcm update', () => {
  it('where everything fits, says so, starts nothing, and names the command for a later version', async () => {
    const home = useCli(cli);
    installPlugin(home, cli.version);
    const { code, stdout, stderr } = await home.omcm(['update']);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/omcm +1\.0\.0 +installed by npm: /);
    expect(stdout).toMatch(/daemon +– +not running/);
    expect(stderr).toContain('npm install -g oh-my-claude-money@latest');
    expect(home.daemons()).toEqual([]);
  });

  it('beside an older plugin and an older daemon, names a command for each', async () => {
    const home = useCli(cli);
    installPlugin(home, '0.9.0');
    const pid = await useForeignDaemon(home, { version: '0.9.0', protocol: 1 });
    expect(await home.json(['update'])).toMatchObject({
      omcm: { version: cli.version, installation: 'npm' },
      plugin: { key: 'omcm@omcm', version: '0.9.0' },
      daemon: { version: '0.9.0', pid },
      newerFiles: [],
      steps: [
        { id: 'plugin', command: expect.stringContaining('claude plugin update omcm@omcm') },
        { id: 'daemon', command: 'omcm daemon restart' },
      ],
    });
    const { code, stdout } = await home.omcm(['update']);
    expect(code).toBe(6);
    expect(stdout).toMatch(/plugin +0\.9\.0 +older than this omcm/);

    expect(await home.json(['daemon', 'restart'])).toMatchObject({ started: true, version: cli.version });
    expect((await home.json(['update'])) as object).toMatchObject({ daemon: { version: cli.version } });
  });

  it('beside a newer daemon, says that omcm itself is old; doctor neither ends nor replaces that daemon', async () => {
    const home = useCli(cli);
    await useForeignDaemon(home);
    expect(await home.json(['update'])).toMatchObject({
      steps: [{ id: 'omcm', olderThan: 'daemon', command: 'npm install -g oh-my-claude-money@latest' }],
    });
    const { findings, fixed } = (await home.json(['doctor', '--no-start', '--fix'])) as {
      readonly findings: readonly { readonly id: string; readonly remedy: string | null }[];
      readonly fixed: readonly string[];
    };
    expect(findings.find(({ id }) => id === 'daemon')).toMatchObject({
      status: 'warn',
      remedy: 'omcm update',
    });
    expect(fixed).not.toContain('daemon');
    expect(await home.json(['update'])).toMatchObject({ daemon: { version: '9.0.0' } });
  });

  it('names the state files that a later version wrote', async () => {
    const home = useCli(cli);
    writeJson(home.paths.metricsFile, { version: 2, minutes: 'in another way' });
    writeJson(home.paths.fallbackStateFile, { version: 1, fallbackActive: false });
    expect(await home.json(['update'])).toMatchObject({
      newerFiles: ['metrics.json'],
      steps: [{ id: 'omcm', olderThan: 'state' }],
    });
  });

  it('speaks Korean', async () => {
    const home = useCli(cli);
    installPlugin(home, '0.9.0');
    const { stdout } = await home.omcm(['update'], { env: { OMCM_LOCALE: 'ko' } });
    expect(stdout).toMatch(/플러그인 +0\.9\.0 +이 omcm보다 오래됨/);
  });
});
