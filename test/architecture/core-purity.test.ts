import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What reaches outside without an import: imports are the business of scripts/check-imports.mjs. */
const OUTSIDE = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bMath\.random\b/,
  /\bprocess\.\w/,
  /\bglobalThis\b/,
  /\bperformance\.\w/,
  /\bcrypto\.\w/,
  /\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b/,
  /\bfetch\(/,
  /\bconsole\.\w/,
  /['"]node:/,
];

describe('the core', () => {
  it('touches no clock, no randomness, no environment and no Node module', async () => {
    const files = await listCore();
    expect(files.length).toBeGreaterThan(10);
    const found = await Promise.all(
      files.map(async (file) => findOutside(await readFile(file, 'utf8')).map((text) => `${file}: ${text}`)),
    );
    expect(found.flat()).toEqual([]);
  });

  it.each([
    ['const now = Date.now();', 'Date.now'],
    ['const now = new Date();', 'new Date()'],
    ['const draw = Math.random();', 'Math.random'],
    ['const home = process.env.HOME;', 'process.e'],
    [`import { join } from 'node:path'; join();`, `'node:`],
    [`const url = 'https://x'; fetch(url);`, 'fetch('],
  ])('would be caught at %s', (source, reach) => {
    expect(findOutside(source)).toContain(reach);
  });

  it('may speak of the clock in a comment, and build a date from a number', () => {
    expect(
      findOutside('// not Date.now(): the caller knows the time\nexport const at = new Date(5);'),
    ).toEqual([]);
  });
});

async function listCore(): Promise<string[]> {
  const entries = await readdir('src/core', { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  return files.map((entry) => join(entry.parentPath, entry.name));
}

function findOutside(source: string): string[] {
  const code = withoutComments(source);
  return OUTSIDE.flatMap((pattern) => code.match(pattern)?.[0] ?? []);
}

function withoutComments(source: string): string {
  const compilerOptions = {
    removeComments: true,
    target: ts.ScriptTarget.ESNext,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}
