import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsPattern } from '../../../src/core/rules/fits-pattern.ts';

describe('fitsPattern', () => {
  it('says what the same pattern as a regular expression says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (given, asked) => {
        expect(fitsPattern(given, asked)).toBe(new RegExp(`^${given.replaceAll('*', '.*')}$`).test(asked));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes no longer for a pattern that is made to hurt', () => {
    const startedAt = performance.now();
    expect(fitsPattern('a*'.repeat(100), `${'a'.repeat(5_000)}b`)).toBe(true);
    expect(fitsPattern(`${'a*'.repeat(100)}c`, 'a'.repeat(5_000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
