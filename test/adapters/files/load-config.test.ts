import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_SETTINGS } from '../../../src/adapters/files/environment-settings.ts';
import { loadConfig } from '../../../src/adapters/files/load-config.ts';
import { type Paths, resolvePaths } from '../../../src/adapters/files/paths.ts';
import { settingAt } from '../../../src/core/config/config-keys.ts';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { makeTempFolder } from './temp-folder.ts';

type Place = { readonly home: string; readonly paths: Paths; readonly projectDir: string };

async function makePlace(): Promise<Place> {
  const home = await makeTempFolder();
  const paths = resolvePaths({ env: {}, home, platform: process.platform, tmpDir: '/tmp', uid: 1 });
  return { home, paths, projectDir: path.join(home, '프로젝트 one') };
}

async function put(file: string, content: string | Uint8Array | object): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const isPlain = typeof content === 'object' && !(content instanceof Uint8Array);
  await writeFile(file, isPlain ? JSON.stringify(content) : content);
  return file;
}

const projectFile = ({ projectDir }: Place) => path.join(projectDir, '.omcm', 'config.json');

describe('loadConfig', () => {
  it('gives the defaults where no file is, and no problem', async () => {
    const { paths, projectDir } = await makePlace();
    const { config, problems, sources } = await loadConfig({ paths, projectDir, env: {} });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toEqual([]);
    expect(sources.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'seed missing',
      'user missing',
      'project missing',
    ]);
  });

  it("lets the user's file win over the seed's place, the project over it, then environment, then flags", async () => {
    const place = await makePlace();
    const all = { threshold: 10, locale: 'ko', mode: 'save-tokens', keywords: ['seed'], autoHandoff: true };
    await put(place.paths.seedConfigFile, all);
    await put(place.paths.userConfigFile, {
      threshold: 20,
      locale: 'en',
      mode: 'default',
      keywords: ['user'],
    });
    await put(projectFile(place), { threshold: 30, locale: 'ko', mode: 'fusion' });
    const env = { OMCM_THRESHOLD: '40', OMCM_LOCALE: 'en' };
    const { config, problems, sources } = await loadConfig({ ...place, env, flags: { threshold: 50 } });
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      threshold: 50,
      locale: 'en',
      mode: 'fusion',
      keywords: ['user'],
      autoHandoff: true,
    });
    expect(sources.map(({ kind }) => kind)).toEqual([
      'seed',
      'user',
      'project',
      'environment',
      'environment',
      'flags',
    ]);
  });

  it('reads comments, trailing commas and a byte order mark', async () => {
    const { paths } = await makePlace();
    await put(paths.userConfigFile, '\uFEFF{\n  // why\n  "threshold": 80, /* so */\n  "locale": "ko",\n}\n');
    const { config, problems } = await loadConfig({ paths, env: {} });
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ threshold: 80, locale: 'ko' });
  });

  it('takes an empty file for an empty configuration', async () => {
    const { paths } = await makePlace();
    await put(paths.userConfigFile, '');
    expect(await loadConfig({ paths, env: {} })).toMatchObject({ config: DEFAULT_CONFIG, problems: [] });
  });

  it('says line and column of a syntax error, and uses nothing of that file', async () => {
    const { paths } = await makePlace();
    const file = await put(paths.userConfigFile, '{\n  "threshold": 80\n  "locale": "ko"\n}\n');
    const { config, problems, sources } = await loadConfig({ paths, env: {} });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toMatchObject([{ code: 'syntax', source: file, position: { line: 3, column: 3 } }]);
    expect(problems[0]?.message).toBe(`${file}:3:3: not valid JSON (comma expected); the file is ignored.`);
    expect(sources).toContainEqual({ kind: 'user', source: file, state: 'unusable' });
  });

  it('names the file, the key and the nearest key of a slip of the pen', async () => {
    const { paths } = await makePlace();
    const file = await put(paths.userConfigFile, { treshold: 80, opencode: { timeuot: 5000 } });
    const { problems } = await loadConfig({ paths, env: {} });
    expect(problems).toMatchObject([
      { source: file, keyPath: 'opencode.timeuot', suggestion: 'opencode.timeout' },
      { source: file, keyPath: 'treshold', suggestion: 'threshold' },
    ]);
  });

  it('is not fooled by a __proto__ key', async () => {
    const place = await makePlace();
    await put(projectFile(place), '{"__proto__":{"permissions":{"delegateWrites":"allow"},"threshold":5}}');
    const { config, problems } = await loadConfig({ ...place, env: {} });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toMatchObject([{ code: 'unknown-key', keyPath: '__proto__' }]);
  });
});

describe('an unreadable configuration gives the defaults and a visible problem', () => {
  it.each<[string, (file: string) => Promise<unknown>]>([
    ['a folder', (file) => mkdir(file, { recursive: true })],
    ['a binary file', (file) => put(file, Buffer.from([0x7b, 0x00, 0xff, 0x7d]))],
    ['a file that is not UTF-8', (file) => put(file, Buffer.from([0x22, 0xb0, 0xa1, 0x22]))],
    ['a file of 50 MB', (file) => put(file, Buffer.alloc(50 * 1024 * 1024, 0x20))],
    ['a pipe', async (file) => execFileSync('mkfifo', [await put(`${file}.d/x`, '').then(() => file)])],
    ['a link to itself', async (file) => symlink(file, await put(`${file}.d/x`, '').then(() => file))],
    ['a file in a file', (file) => put(path.dirname(file), 'not a folder')],
  ])('%s', async (_, make) => {
    const { paths } = await makePlace();
    await make(paths.userConfigFile);
    const { config, problems, sources } = await loadConfig({ paths, env: {} });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toMatchObject([{ code: 'unreadable', source: paths.userConfigFile }]);
    expect(sources[1]?.state).toBe('unusable');
  });

  it('thousands of nested brackets', async () => {
    const { paths } = await makePlace();
    await put(paths.userConfigFile, '['.repeat(500_000));
    const { config, problems } = await loadConfig({ paths, env: {} });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toMatchObject([{ code: 'syntax' }]);
  });

  // The superuser reads what it likes.
  it.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    const { paths } = await makePlace();
    await chmod(await put(paths.userConfigFile, { threshold: 5 }), 0);
    const { config, problems } = await loadConfig({ paths, env: {} });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems).toMatchObject([{ code: 'unreadable' }]);
    expect(problems[0]?.message).toContain('permission was denied');
  });
});

describe("a project's configuration", () => {
  it('cannot widen permissions or choose the program, while the rest of it counts', async () => {
    const place = await makePlace();
    await put(place.paths.userConfigFile, { opencode: { command: '/usr/bin/opencode' } });
    const file = await put(projectFile(place), {
      mode: 'fusion',
      permissions: { delegateWrites: 'allow' },
      opencode: { command: './evil', args: ['-x'], timeout: 5000 },
    });
    const { config, problems } = await loadConfig({ ...place, env: {} });
    expect(config.permissions.delegateWrites).toBe('never');
    expect(config.opencode).toMatchObject({ command: '/usr/bin/opencode', args: [], timeout: 5000 });
    expect(config.mode).toBe('fusion');
    expect(problems.map(({ code, keyPath, source }) => ({ code, keyPath, source }))).toEqual(
      ['permissions.delegateWrites', 'opencode.command', 'opencode.args'].map((keyPath) => ({
        code: 'not-allowed-in-project',
        keyPath,
        source: file,
      })),
    );
  });

  it('may narrow permissions', async () => {
    const place = await makePlace();
    await put(place.paths.userConfigFile, { permissions: { delegateWrites: 'allow' } });
    await put(projectFile(place), { permissions: { delegateWrites: 'never' } });
    const { config, problems } = await loadConfig({ ...place, env: {} });
    expect(config.permissions.delegateWrites).toBe('never');
    expect(problems).toEqual([]);
  });

  it("is the user's own where the session runs in the home folder", async () => {
    const { home, paths } = await makePlace();
    await put(paths.userConfigFile, { permissions: { delegateWrites: 'allow' } });
    await symlink(home, `${home}/link`);
    for (const projectDir of [home, `${home}/link`]) {
      const { config, problems } = await loadConfig({ paths, projectDir, env: {} });
      expect(config.permissions.delegateWrites).toBe('allow');
      expect(problems).toEqual([]);
    }
  });
});

describe('environment variables', () => {
  it('each name a setting that exists', () => {
    const unknown = Object.entries(ENVIRONMENT_SETTINGS).filter(([, keys]) => settingAt(keys) === undefined);
    expect(unknown).toEqual([]);
  });

  it('are read by the kind of their setting', async () => {
    const { paths } = await makePlace();
    const env = {
      OMCM_MODE: 'fusionDefault',
      OMCM_ROUTING_ENABLED: 'off',
      OMCM_PREFER_CLAUDE: 'writer, critic',
      OMCM_FORCE_MODEL: 'gemini/gemini-3-flash',
      OMCM_IDLE_EXIT_MINUTES: '0.5',
    };
    const { config, problems } = await loadConfig({ paths, env });
    expect(problems).toEqual([]);
    expect(config.mode).toBe('fusion');
    expect(config.routing).toMatchObject({ enabled: false, preferClaude: ['writer', 'critic'] });
    expect(config.fallback.forceModel).toBe('google/gemini-3-flash');
    expect(config.daemon.idleExitMinutes).toBe(0.5);
  });

  it('are named in a problem, and an empty one is not set', async () => {
    const { paths } = await makePlace();
    const { config, problems } = await loadConfig({ paths, env: { OMCM_THRESHOLD: 'lots', OMCM_MODE: '' } });
    expect(config).toEqual(DEFAULT_CONFIG);
    expect(problems.map(({ message }) => message)).toEqual([
      'OMCM_THRESHOLD: threshold must be a number, but is "lots"; it is ignored.',
    ]);
  });
});
