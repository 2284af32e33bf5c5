import { expect, it } from 'vitest';
import { relativeTo } from '../../../src/core/context/relative-path.ts';

it.each([
  ['/p', '/p/src/a.ts', 'src/a.ts'],
  ['/p/', '/p/a', 'a'],
  ['/p', 'src/a.ts', 'src/a.ts'],
  ['/p', './a', 'a'],
  ['/', '/a', 'a'],
  ['C:\\p', 'C:\\p\\src\\a.ts', 'src/a.ts'],
  ['/p', '/p', null],
  ['/p', '/private/a', null],
  ['/p', '/home/me/.ssh/id_rsa', null],
  ['/p', '../other/a', null],
  ['/p', '/p/../q/a', null],
])('in %s, %s is %s', (directory, file, shown) => {
  expect(relativeTo(directory, file)).toBe(shown);
});
