import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setConfigValue } from '../../../src/adapters/files/edit-config.ts';
import { loadConfig } from '../../../src/adapters/files/load-config.ts';
import { resolvePaths } from '../../../src/adapters/files/paths.ts';
import { makeTempFolder } from './temp-folder.ts';

const RULES = `# what stays here
mode: fusion
rules:
  - id: night
    priority: 10
    when:
      time: 22:00-06:00
      quota: '>= 70'
    action: block
    message: Not at night.   # ask Kim
`;

async function useHome(files: Readonly<Record<string, string>>) {
  const home = await makeTempFolder();
  const paths = resolvePaths({ env: { OMCM_HOME: home }, home, platform: 'linux', tmpDir: '/tmp', uid: 1 });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  const load = () => loadConfig({ paths, env: {} });
  return { home, paths, load };
}

describe('settings in YAML', () => {
  it.each(['config.yaml', 'config.yml'])('are read from %s', async (name) => {
    const { load, home } = await useHome({ [name]: RULES });
    const { config, problems, sources } = await load();
    expect(problems).toEqual([]);
    expect(config.mode).toBe('fusion');
    expect(config.rules).toEqual([
      {
        id: 'night',
        priority: 10,
        when: { time: '22:00-06:00', quota: '>= 70' },
        action: 'block',
        message: 'Not at night.',
      },
    ]);
    expect(sources).toContainEqual({ kind: 'user', source: join(home, name), state: 'used' });
  });

  it('give way to JSON beside them, and that is told', async () => {
    const { load } = await useHome({ 'config.yaml': RULES, 'config.json': '{ "mode": "save-tokens" }' });
    const { config, problems } = await load();
    expect(config).toMatchObject({ mode: 'save-tokens', rules: [] });
    expect(problems).toMatchObject([{ code: 'contradiction', received: 'config.json beside it' }]);
  });

  it.each([
    ['a comparison without quotes', 'rules:\n  - when:\n      quota: >= 70\n', 3],
    ['a tab', 'mode:\n\tfusion: 1\n', 2],
    [
      'aliases without end',
      `a: &a [x, x]\n${'bcdefghij'
        .split('')
        .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefghij'[i]}`)}]`)
        .join('\n')}\n`,
      1,
    ],
  ])('with %s in them are told of, and ignored', async (_, text, line) => {
    const { config, problems } = await (await useHome({ 'config.yaml': text })).load();
    expect(problems).toMatchObject([{ code: 'syntax', position: { line } }]);
    expect(config.rules).toEqual([]);
  });

  it('that are empty are no settings', async () => {
    expect((await (await useHome({ 'config.yaml': '# nothing\n' })).load()).problems).toEqual([]);
  });

  it('cannot reach the prototype', async () => {
    const { problems } = await (await useHome({ 'config.yaml': '__proto__:\n  mode: fusion\n' })).load();
    expect(problems).toMatchObject([{ code: 'unknown-key' }]);
    expect(({} as { mode?: string }).mode).toBeUndefined();
  });

  it('are changed where they are, and keep their comments', async () => {
    const { paths, home, load } = await useHome({
      'config.yaml': `fusionDefault: false\n${RULES.replace('mode: fusion\n', '')}`,
    });
    const file = join(home, 'config.yaml');
    expect(
      await setConfigValue({ file: paths.userConfigFile, keyPath: 'mode', value: 'save-tokens' }),
    ).toEqual({
      kind: 'written',
      file,
    });
    await setConfigValue({ file: paths.userConfigFile, keyPath: 'routing.enabled', value: false });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('# what stays here');
    expect(text).toContain('# ask Kim');
    expect(text).not.toContain('fusionDefault');
    expect((await load()).config).toMatchObject({ mode: 'save-tokens', routing: { enabled: false } });
  });

  it('that are broken are not changed', async () => {
    const { paths, home } = await useHome({ 'config.yaml': 'mode: [' });
    expect(
      await setConfigValue({ file: paths.userConfigFile, keyPath: 'mode', value: 'fusion' }),
    ).toMatchObject({
      kind: 'refused',
      problem: { code: 'syntax' },
    });
    expect(readFileSync(join(home, 'config.yaml'), 'utf8')).toBe('mode: [');
  });
});
