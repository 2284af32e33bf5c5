import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { settingPaths } from '../../src/core/config/config-keys.ts';
import * as library from '../../src/index.ts';

describe('docs/troubleshooting.md', () => {
  it('tells of findings that doctor has', () => {
    const text = readFileSync('docs/troubleshooting.md', 'utf8');
    const [, table = ''] = /## What doctor says\n([\s\S]*?)\n## /.exec(text) ?? [];
    const ids = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/[\w-]+/g) ?? [],
    );
    const files = readdirSync('src/cli/doctor').filter((file) => file.endsWith('.ts'));
    const sources = files.map((file) => readFileSync(`src/cli/doctor/${file}`, 'utf8'));
    const code = sources.join('\n');
    // The last part of `target-${role}` is what it is about.
    const unknown = ids.filter(
      (id) => !code.includes(`'${id}'`) && !code.includes(`${id.replace('ROLE', '')}$`),
    );
    expect(ids.length).toBeGreaterThan(15);
    expect(unknown).toEqual([]);
  });
});

describe('documents that are made from the sources', () => {
  it('say what the sources say now', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/write-docs.mjs', '--check']);
    const said = await check.then(
      () => '',
      ({ stderr }) => stderr,
    );
    expect(said).toBe('');
  });

  it('have a row for each setting', () => {
    const text = readFileSync('docs/configuration.md', 'utf8');
    const settings = settingPaths().map((path) => path.join('.'));
    const missing = settings.filter(
      (key) => key !== '$schema' && !text.includes(`| \`${key}\` |`) && !text.includes(`\`${key}.NAME.`),
    );
    expect(settings.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  it('have a heading for each thing that the library exports', () => {
    const text = readFileSync('docs/api.md', 'utf8');
    expect(Object.keys(library).filter((name) => !text.includes(`\n### ${name}\n`))).toEqual([]);
  });
});
