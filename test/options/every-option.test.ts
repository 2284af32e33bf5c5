// Is there a test for each option that shows its effect, and does the table say where?
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { keysUnder } from '../../src/core/config/config-keys.ts';
import { SHOWN_BY, type ShownBy } from './shown-by.ts';

const TESTS = join(import.meta.dirname, '..');

/** For editors; OMCM reads nothing from it. */
const WITHOUT_EFFECT = '$schema';

function optionsUnder(path: readonly string[] = []): readonly string[] {
  for (const more of [[], ['NAME'], ['0']]) {
    const keys = keysUnder([...path, ...more]);
    if (keys.length > 0) return keys.flatMap((key) => optionsUnder([...path, ...more, key]));
  }
  return [path.map((key) => (key === '0' ? 'N' : key)).join('.')];
}

/** What stands in `it('…')`, `it.each(…)('…')` and the like. */
function titlesIn(source: string): readonly string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    const [first] = ts.isCallExpression(node) ? node.arguments : [];
    if (ts.isCallExpression(node) && first !== undefined && ts.isStringLiteralLike(first) && isIt(node))
      titles.push(first.text);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest));
  return titles;
}

function isIt(node: ts.Expression): boolean {
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return isIt(node.expression);
  return ts.isIdentifier(node) && node.text === 'it';
}

/** What is wrong with a row; `null` where the test is there, in a file that knows the option. */
function complaintOn(option: string, [file, title]: ShownBy): string | null {
  const path = join(TESTS, file);
  if (!existsSync(path)) return `${option}: there is no test/${file}`;
  const source = readFileSync(path, 'utf8');
  if (!titlesIn(source).includes(title)) return `${option}: test/${file} has no test "${title}"`;
  const key = option.split('.').at(-1) ?? option;
  return new RegExp(`\\b${key}\\b`).test(source) ? null : `${option}: test/${file} never names it`;
}

describe('the table of options and the tests that show them', () => {
  it('has a row for each option, and for none that is gone', () => {
    expect(Object.keys(SHOWN_BY).sort()).toEqual(
      optionsUnder()
        .filter((option) => option !== WITHOUT_EFFECT)
        .sort(),
    );
  });

  it('names tests that are there', () => {
    const rows = Object.entries(SHOWN_BY);
    expect(rows.flatMap(([option, by]) => complaintOn(option, by) ?? [])).toEqual([]);
  });

  it.each<[string, ShownBy, string]>([
    ['mode', ['options/gone.test.ts', '$option'], 'no test/options/gone.test.ts'],
    ['mode', ['options/routing.test.ts', 'never written'], 'has no test "never written"'],
    ['pool.remotes', ['options/routing.test.ts', '$option'], 'never names it'],
  ])('would find a row that is wrong: %s by %j', (option, by, complaint) => {
    expect(complaintOn(option, by)).toContain(complaint);
  });
});
