import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayMeet, parsePattern } from '../../../src/core/scheduling/file-pattern.ts';

const meet = (one: string, other: string) => mayMeet(parsePattern(one), parsePattern(other));

describe('two patterns', () => {
  it.each([
    ['src/auth.js', 'src/auth.js'],
    ['./src//auth.js', 'src/auth.js'],
    ['src\\auth.js', 'src/x/../auth.js'],
    ['SRC/Auth.js', 'src/auth.js'],
    ['src', 'src/auth.js'],
    ['src', 'src/**/*.ts'],
    ['v1.2', 'v1.2/*.ts'],
    ['src/', 'src/deep/auth.js'],
    ['.', 'anything/at/all'],
    ['src/*.ts', 'src/a.ts'],
    ['src/**', 'src/a/b/c.ts'],
    ['src/**/*.ts', 'src/a.ts'],
    ['**/a.ts', 'src/**'],
    ['a*c', '*bc'],
    ['a*', '*z'],
    ['?.ts', 'x.ts'],
    ['src/{a,b}.ts', 'src/b.ts'],
    ['{src,test/{unit,e2e}}/x.ts', 'test/e2e/x.ts'],
    ['app/[id]/page.tsx', 'app/[id]'],
    ['file[0-9].ts', 'file7.ts'],
  ])('that may mean one file meet: %s, %s', (one, other) => {
    expect(meet(one, other)).toBe(true);
    expect(meet(other, one)).toBe(true);
  });

  it.each([
    ['src/auth.js', 'src/db.js'],
    ['src/a', 'src/ab'],
    ['src/*', 'src/a/b.ts'],
    ['src/*.ts', 'src/a.js'],
    ['src/**', 'test/a.ts'],
    ['src/**/*.ts', 'src/a/b.js'],
    ['a*c', 'b*'],
    ['?.ts', 'xy.ts'],
    ['src/{a,b}.ts', 'src/c.ts'],
    ['{src,test}/x', '{lib,bin}/x'],
  ])('that never mean one file do not: %s, %s', (one, other) => {
    expect(meet(one, other)).toBe(false);
    expect(meet(other, one)).toBe(false);
  });

  it('are told apart in time, however many stars and braces there are', () => {
    const stars = `${'*a'.repeat(200)}b`;
    expect(meet(stars, `${'a*'.repeat(200)}c`)).toBe(false);
    expect(meet(`${'**/a/'.repeat(60)}b.ts`, `${'**/a/'.repeat(60)}c.ts`)).toBe(false);
    expect(meet(`src/${'{a,b}'.repeat(30)}`, 'src/deep/aabb')).toBe(true);
  });

  const segment = fc.stringMatching(/^[ab*]{1,3}$/);
  const pattern = fc.array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 3 });
  const names = ['a', 'b', 'aa', 'ab', 'ba', 'bb'];
  const paths = names.flatMap((one) => [
    [one],
    ...names.flatMap((two) => [
      [one, two],
      [one, two, 'a'],
    ]),
  ]);

  it('meet wherever some path fits both', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const both = paths.some((path) => fits(one, path) && fits(other, path));
        if (both) expect(meet(one.join('/'), other.join('/'))).toBe(true);
      }),
    );
  });
});

/** A second reading of the same words, by regular expressions. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const words = pattern.map((part) => (part === '**' ? '(?:[^/]+/)*' : `${part.replace(/\*+/g, '[^/]*')}/`));
  return new RegExp(`^${words.join('')}$`).test(`${path.join('/')}/`);
}
