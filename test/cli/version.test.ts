import { expect, it } from 'vitest';
import { findVersion, isAtLeast } from '../../src/cli/doctor/version.ts';

it.each([
  ['2.1.330 (Claude Code)', '2.1.330'],
  ['v20.19.0\n', '20.19.0'],
  ['opencode 1.18.33-beta.1', '1.18.33-beta.1'],
  ['command not found', null],
])('finds in %j the version %s', (text, version) => {
  expect(findVersion(text)).toBe(version);
});

it.each([
  ['2.1.287', true],
  ['2.1.286', false],
  ['2.2.0', true],
  ['2.0.999', false],
  ['3.0.0-rc.1', true],
  ['1.9.999', false],
  ['2.1', false],
])('%s is at least 2.1.287: %s', (version, verdict) => {
  expect(isAtLeast(version, [2, 1, 287])).toBe(verdict);
});
