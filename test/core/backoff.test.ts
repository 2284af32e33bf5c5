import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/core/backoff.ts';

const limits = { baseMs: 500, factor: 2, capMs: 60_000 };

describe('the rest after a failure', () => {
  it.each([
    [0, 500],
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [7, 32_000],
    [8, 60_000],
    [5_000, 60_000],
  ])('after %d in a row is %d ms', (failures, ms) => {
    expect(backoffMs(failures, limits)).toBe(ms);
  });
});
