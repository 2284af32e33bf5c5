import { describe, expect, it } from 'vitest';
import { formatDollars, formatDuration, formatTokens } from '../../src/cli/format-amounts.ts';

describe('amounts as people read them', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1k'],
    [1_249, '1.2k'],
    [99_950, '100k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [3_400_000, '3.4M'],
  ])('%d tokens are %s', (count, text) => {
    expect(formatTokens(count)).toBe(text);
  });

  it.each([
    [0.00294, '$0.0029'],
    [0.5, '$0.5'],
    [0.994, '$0.99'],
    [1, '$1.00'],
    [12.345, '$12.35'],
  ])('%d dollars are %s', (amount, text) => {
    expect(formatDollars(amount)).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [349.6, '350 ms'],
    [3_210, '3.2 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 0 s'],
    [125_400, '2 min 5 s'],
    [3_599_000, '59 min 59 s'],
    [3_600_000, '1 h 0 min'],
    [999.7, '1.0 s'],
    [172_740_000, '47 h 59 min'],
    [172_799_000, '47 h 59 min'],
    [259_200_000, '3 d'],
  ])('%d ms are %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
