import { lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { getConfigValue, setConfigValue } from '../../../src/adapters/files/edit-config.ts';
import { DEFAULT_CONFIG } from '../../../src/core/config/default-config.ts';
import { makeTempFolder } from './temp-folder.ts';

async function configFile(text?: string): Promise<string> {
  const file = path.join(await makeTempFolder(), 'config.json');
  if (text !== undefined) await writeFile(file, text);
  return file;
}

describe('getConfigValue', () => {
  it('finds a value, a whole section, and tells what is not set from what does not exist', () => {
    expect(getConfigValue(DEFAULT_CONFIG, 'routing.usageThreshold')).toEqual({ kind: 'found', value: 70 });
    expect(getConfigValue(DEFAULT_CONFIG, 'results')).toEqual({ kind: 'found', value: { maxChars: 45_000 } });
    expect(getConfigValue(DEFAULT_CONFIG, 'agents.writer.model')).toEqual({ kind: 'unset' });
    expect(getConfigValue(DEFAULT_CONFIG, 'routing.useageThreshold')).toEqual({
      kind: 'unknown-key',
      suggestion: 'routing.usageThreshold',
    });
    expect(getConfigValue(DEFAULT_CONFIG, 'routing.constructor')).toMatchObject({ kind: 'unknown-key' });
    expect(getConfigValue(DEFAULT_CONFIG, '')).toMatchObject({ kind: 'unknown-key' });
  });
});

describe('setConfigValue', () => {
  it('keeps comments and layout', async () => {
    const file = await configFile(`{
    // Ninety was too late.
    "threshold": 80, // percent
    "routing": {
        "enabled": true, /* for now */
    },
}
`);
    expect(await setConfigValue({ file, keyPath: 'threshold', value: 75 })).toEqual({
      kind: 'written',
      file,
    });
    await setConfigValue({ file, keyPath: 'routing.usageThreshold', value: 60 });
    expect(await readFile(file, 'utf8')).toBe(`{
    // Ninety was too late.
    "threshold": 75, // percent
    "routing": {
        "enabled": true,
        "usageThreshold": 60, /* for now */
    },
}
`);
  });

  it('makes the file and its folder, for the user alone', async () => {
    const file = path.join(await makeTempFolder(), 'new folder', 'config.json');
    await setConfigValue({ file, keyPath: 'agents.writer.target', value: 'codex' });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ agents: { writer: { target: 'codex' } } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect(await readdir(path.dirname(file))).toEqual(['config.json']);
  });

  it('closes a file that others could read', async () => {
    const file = await configFile('{}');
    await setConfigValue({ file, keyPath: 'locale', value: 'ko' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('keeps line endings, tabs and the byte order mark', async () => {
    const file = await configFile('\uFEFF{\r\n\t"locale": "ko"\r\n}\r\n');
    await setConfigValue({ file, keyPath: 'threshold', value: 50 });
    expect(await readFile(file, 'utf8')).toBe('\uFEFF{\r\n\t"locale": "ko",\r\n\t"threshold": 50\r\n}\r\n');
  });

  it('writes through a link, as people have who keep their settings elsewhere', async () => {
    const file = await configFile('{}');
    const link = `${file}.link`;
    await symlink(file, link);
    await setConfigValue({ file: link, keyPath: 'locale', value: 'en' });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ locale: 'en' });
  });

  it('takes a key out when the value is undefined', async () => {
    const file = await configFile('{ "locale": "ko", "threshold": 50 }');
    await setConfigValue({ file, keyPath: 'locale', value: undefined });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ threshold: 50 });
  });

  it.each([
    ['mode', 'save-tokens', '{ "fusionDefault": true }', { mode: 'save-tokens' }],
    ['fusionDefault', true, '{ "mode": "default" }', { fusionDefault: true }],
  ])('setting %s removes the other name of the same choice', async (keyPath, value, before, after) => {
    const file = await configFile(before);
    await setConfigValue({ file, keyPath, value });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(after);
  });

  it.each([
    ['an invalid value', '{}', 'threshold', 900, { code: 'invalid-value', keyPath: 'threshold' }],
    ['an unknown key', '{}', 'routing.enable', true, { code: 'unknown-key', suggestion: 'routing.enabled' }],
    ['a prototype', '{}', '__proto__.mode', 'fusion', { code: 'unknown-key', keyPath: '__proto__' }],
    ['an empty key', '{}', '', 1, { code: 'unknown-key' }],
    ['a broken file', '{ "threshold": ', 'threshold', 50, { code: 'syntax', position: { line: 1 } }],
    ['a section that is no object', '{ "routing": 5 }', 'routing.enabled', true, { keyPath: 'routing' }],
    ['a file that is no object', '[1]', 'threshold', 50, { code: 'invalid-value', keyPath: '' }],
    [
      'a key that stands there twice',
      '{ "threshold": 1, "threshold": 2 }',
      'threshold',
      50,
      { code: 'contradiction' },
    ],
  ])('refuses %s and leaves the file alone', async (_, text, keyPath, value, problem) => {
    const file = await configFile(text);
    expect(await setConfigValue({ file, keyPath, value })).toMatchObject({ kind: 'refused', problem });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('loses none of several changes made at the same time', async () => {
    const file = await configFile();
    const names = Array.from({ length: 8 }, (_, number) => `agent-${number}`);
    await Promise.all(
      names.map((name) => setConfigValue({ file, keyPath: `agents.${name}.stays`, value: true })),
    );
    const { agents } = JSON.parse(await readFile(file, 'utf8')) as { agents: object };
    expect(Object.keys(agents).sort()).toEqual(names);
  });

  it('tells a failure of the file system as a value', async () => {
    const folder = await makeTempFolder();
    await writeFile(path.join(folder, 'in the way'), '');
    const file = path.join(folder, 'in the way', 'config.json');
    expect(await setConfigValue({ file, keyPath: 'locale', value: 'ko' })).toMatchObject({
      kind: 'failed',
      failure: { reason: 'io', file },
    });
    await mkdir(path.join(folder, 'config.json'));
    const refused = await setConfigValue({
      file: path.join(folder, 'config.json'),
      keyPath: 'locale',
      value: 'ko',
    });
    expect(refused).toMatchObject({ kind: 'refused', problem: { code: 'unreadable' } });
  });
});
