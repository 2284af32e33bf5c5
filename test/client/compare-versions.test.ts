import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNewer } from '../../src/client/compare-versions.ts';

describe('a release is newer than another', () => {
  // The order that semver.org gives as its example, oldest first, between two releases.
  const ordered = [
    '0.9.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1-rc-2',
    '1.0.1+build.7',
    '1.0.10',
    '1.1.0',
    '10.0.0',
  ];
  const pairs = ordered.flatMap((a, i) => ordered.map((b, j) => [a, b, i > j] as const));

  it.each(pairs)('%s than %s: %s', (a, b, newer) => {
    expect(isNewer(a, b)).toBe(newer);
  });

  it('never because of what was built of it', () => {
    expect(isNewer('1.0.0+2', '1.0.0+1')).toBe(false);
  });

  it('and never both ways, whatever stands for a version', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(isNewer(a, b) && isNewer(b, a)).toBe(false);
        expect(isNewer(a, a)).toBe(false);
      }),
    );
  });
});
