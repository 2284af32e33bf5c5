import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const documents = listDocuments();

describe('a link inside the repository', () => {
  it.each(documents)('leads somewhere: %s', (file) => {
    expect(brokenLinks(file, readFileSync(file, 'utf8'))).toEqual([]);
  });

  it.each([
    ['a file that is not there', '[x](nowhere.md)'],
    ['a heading that is not there', '[x](README.md#nowhere)'],
    ['a heading of its own that is not there', '# One\n[x](#two)'],
    ['a picture that is not there', '![x](docs/nowhere.svg)'],
  ])('is found broken: %s', (_what, text) => {
    expect(brokenLinks('any.md', text)).toHaveLength(1);
  });

  it('may lead to headings, files and folders, and is not looked for in code', () => {
    const text =
      '# A `b`, c\n[x](#a-b-c) [y](README.md#install) [z](docs/) `[n](nowhere)`\n```\n[n](nowhere)\n```';
    expect(brokenLinks('any.md', text)).toEqual([]);
  });
});

describe('a file that a document names', () => {
  it.each(documents.filter((file) => file !== 'CHANGELOG.md'))('is there: %s', (file) => {
    const text = readFileSync(file, 'utf8');
    const named = [...text.matchAll(/`((?:src|test|scripts|docs|bench|plugin)\/[\w./-]+\w)`/g)].map(
      (match) => match[1],
    );
    const missing = named.filter((path = '') => !existsSync(path) && !BUILT.test(path));
    expect(missing).toEqual([]);
  });
});

const BUILT = /^plugin\/dist\//;

function listDocuments(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'];
  const files = execFileSync('git', args, { encoding: 'utf8' }).split('\0');
  return files.filter((file) => file !== '' && existsSync(file) && !file.startsWith('test/fixtures/'));
}

function brokenLinks(file: string, text: string): readonly string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(file, text, target));
}

function leadsSomewhere(file: string, text: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const found = path === '' ? file : normalize(join(dirname(file), path));
  if (path !== '' && !existsSync(found)) return false;
  if (anchor === undefined) return true;
  if (path !== '' && statSync(found).isDirectory()) return false;
  return anchorsOf(path === '' ? text : readFileSync(found, 'utf8')).has(anchor);
}

/** As GitHub makes them from headings; the second of the same name gets a number. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutFences(text).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n += 1) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

function withoutFences(text: string): string {
  return text.replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, (code, at: number) =>
    // The words of a link may be code.
    text.length > at && code.includes('](') ? '' : code,
  );
}
