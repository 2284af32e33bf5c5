import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

function writeConfig({ paths }: CliHome, text: string): void {
  writeFileSync(paths.userConfigFile, text);
}

function writeProjectConfig({ projectDir }: CliHome, text: string): string {
  const file = join(projectDir, '.omcm', 'config.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe('omcm config get', () => {
  it('prints a value as one would type it', async () => {
    const home = useCli(cli, { config: { keywords: ['go', '전환'] } });
    expect((await home.omcm(['config', 'get', 'mode'])).stdout).toBe('fusion\n');
    expect((await home.omcm(['config', 'get', 'keywords'])).stdout).toBe('go,전환\n');
    expect((await home.omcm(['config', 'get', 'routing.enabled'])).stdout).toBe('true\n');
  });

  it('prints all settings, one a line, or as one object', async () => {
    const home = useCli(cli);
    expect((await home.omcm(['config', 'get'])).stdout).toMatch(/^fallback\.forceModel = null$/m);
    expect(await home.json(['config', 'get'])).toMatchObject({ mode: 'fusion', threshold: 90 });
  });

  it('prints nothing for a setting that has no value, and null for a script', async () => {
    const home = useCli(cli);
    expect(await home.omcm(['config', 'get', 'agents.writer.model'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'agents.writer.model is not set.\n',
    });
    expect(await home.json(['config', 'get', 'agents.writer.model'])).toBeNull();
  });

  it('suggests the nearest key for one that there is not', async () => {
    const { code, stderr } = await useCli(cli).omcm(['config', 'get', 'treshold']);
    expect(code).toBe(2);
    expect(stderr).toBe('omcm: There is no setting "treshold". Did you mean threshold?\n');
  });

  it('gives what the project says, in the project', async () => {
    const home = useCli(cli);
    writeProjectConfig(home, '{"mode": "save-tokens"}');
    expect(await home.json(['config', 'get', 'mode'])).toBe('save-tokens');
    expect(await home.json(['config', 'get', 'mode'], { cwd: home.home })).toBe('fusion');
    const elsewhere = ['config', 'get', 'mode', '--directory', home.projectDir];
    expect(await home.json(elsewhere, { cwd: home.home })).toBe('save-tokens');
  });
});

describe('omcm config set', () => {
  it('keeps the comments and the layout of the file', async () => {
    const home = useCli(cli);
    writeConfig(home, '// mine\n{\n    "threshold": 85, // early\n    "mode": "default"\n}\n');
    const { code, stdout, stderr } = await home.omcm(['config', 'set', 'mode', 'fusion']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(`mode = fusion (${home.paths.userConfigFile})\n`);
    expect(readFileSync(home.paths.userConfigFile, 'utf8')).toBe(
      '// mine\n{\n    "threshold": 85, // early\n    "mode": "fusion"\n}\n',
    );
  });

  it('takes lists, numbers and switches as they are typed', async () => {
    const home = useCli(cli);
    await home.omcm(['config', 'set', 'routing.preferClaude', 'architect, critic']);
    await home.omcm(['config', 'set', 'threshold', '80']);
    expect(await home.json(['config', 'set', 'routing.enabled', 'off'])).toEqual({
      file: home.paths.userConfigFile,
      key: 'routing.enabled',
      value: false,
    });
    expect(JSON.parse(readFileSync(home.paths.userConfigFile, 'utf8'))).toMatchObject({
      threshold: 80,
      routing: { preferClaude: ['architect', 'critic'], enabled: false },
    });
  });

  it.each([
    [['treshold', '80'], 2, 'There is no setting "treshold". Did you mean threshold?'],
    [['threshold', '800'], 2, 'threshold must be a number of at most 100, but is 800.'],
    [['mode', 'fusoin'], 2, 'but is "fusoin". Did you mean fusion?'],
  ])('refuses %j and leaves the file alone', async (words, exit, sentence) => {
    const home = useCli(cli);
    const before = readFileSync(home.paths.userConfigFile, 'utf8');
    const { code, stderr } = await home.omcm(['config', 'set', ...words]);
    expect(code).toBe(exit);
    expect(stderr).toContain(sentence);
    expect(readFileSync(home.paths.userConfigFile, 'utf8')).toBe(before);
  });

  it('leaves a file alone that is not JSON', async () => {
    const home = useCli(cli);
    writeConfig(home, '{"mode": ');
    const { code, stderr } = await home.omcm(['config', 'set', 'mode', 'fusion']);
    expect(code).toBe(1);
    expect(stderr).toContain('not valid JSON');
    expect(readFileSync(home.paths.userConfigFile, 'utf8')).toBe('{"mode": ');
  });

  it("writes into the project's file when asked to, but not what a project may not say", async () => {
    const home = useCli(cli);
    expect(await home.json(['config', 'set', '--project', 'mode', 'save-tokens'])).toMatchObject({
      file: join(home.projectDir, '.omcm', 'config.json'),
    });
    const refused = await home.omcm(['config', 'set', '--project', 'opencode.command', './evil']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('a project may not choose the program that is run');
  });

  it('says when a stronger place outvotes the new value', async () => {
    const home = useCli(cli);
    const env = { OMCM_MODE: 'default' };
    const { stderr } = await home.omcm(['config', 'set', 'mode', 'fusion'], { env });
    expect(stderr).toContain('But mode is still default');
    const aliased = await home.omcm(['config', 'set', 'targets.flash', 'gemini/gemini-3-flash']);
    expect(aliased.stderr).not.toContain('But');
  });
});

describe('omcm config path', () => {
  it('lists the places, and which are there', async () => {
    const home = useCli(cli);
    const project = writeProjectConfig(home, '{ nonsense');
    expect(await home.json(['config', 'path'], { env: { OMCM_THRESHOLD: '80' } })).toEqual([
      { kind: 'seed', source: home.paths.seedConfigFile, state: 'missing' },
      { kind: 'user', source: home.paths.userConfigFile, state: 'used' },
      { kind: 'project', source: project, state: 'unusable' },
      { kind: 'environment', source: 'OMCM_THRESHOLD', state: 'used' },
    ]);
    expect((await home.omcm(['config', 'path'])).stdout).toMatch(/^project +\S+ +cannot be used$/m);
  });
});

describe('omcm config check', () => {
  it('is content with settings that are in order', async () => {
    const home = useCli(cli);
    expect((await home.omcm(['config', 'check'])).code).toBe(0);
    expect(await home.json(['config', 'check'])).toMatchObject({ problems: [] });
  });

  it('tells of each problem its place, what was expected, what came and what may be meant', async () => {
    const home = useCli(cli);
    writeConfig(home, '{"treshold": 80, "routing": {"enabled": "maybe"}, "mode": "fusion"}');
    const { code, stdout, stderr } = await home.omcm(['config', 'check']);
    expect(code).toBe(6);
    expect(stderr).toBe('2 problems\n');
    const file = home.paths.userConfigFile;
    expect(stdout.trim().split('\n\n').sort()).toEqual([
      `${file}  routing.enabled\n  expected: true or false\n  received: "maybe"`,
      `${file}  treshold\n  expected: a known key\n  received: treshold\n  did you mean: threshold`,
    ]);
  });

  it('names the line of a file that is not JSON', async () => {
    const home = useCli(cli);
    writeConfig(home, '{\n  "mode" "fusion"\n}');
    const { code, stdout } = await home.omcm(['config', 'check']);
    expect(code).toBe(6);
    expect(stdout).toContain(`${home.paths.userConfigFile}:2:10  the file as a whole\n`);
  });

  it('gives a script the problems themselves', async () => {
    const home = useCli(cli);
    writeConfig(home, '{"treshold": 80}');
    expect(await home.json(['config', 'check'])).toMatchObject({
      problems: [{ source: home.paths.userConfigFile, keyPath: 'treshold', suggestion: 'threshold' }],
      sources: expect.arrayContaining([expect.objectContaining({ kind: 'user' })]),
    });
  });
});
