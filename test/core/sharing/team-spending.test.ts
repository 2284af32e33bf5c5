import { describe, expect, it } from 'vitest';
import { type TeamPicture, usedByTeam } from '../../../src/core/sharing/team-spending.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const totals = { day: 100, month: 1_000, dayLeftMs: HOUR, monthLeftMs: 24 * HOUR };
const picture: TeamPicture = {
  totals,
  heardAt: NOW,
  pending: [
    { task: 'a', tokens: 5, endedAt: NOW },
    { task: 'b', tokens: 2, endedAt: NOW },
  ],
};

describe('what a team has used, as far as one machine knows', () => {
  it('is what Redis has counted and what it has not counted yet', () => {
    expect(usedByTeam(picture, NOW)).toEqual({ day: 107, month: 1_007 });
    expect(usedByTeam({ ...picture, totals: null }, NOW)).toEqual({ day: 7, month: 7 });
  });

  it('begins anew with the day and the month of Redis, also where that does not answer', () => {
    expect(usedByTeam(picture, NOW + HOUR)).toEqual({ day: 7, month: 1_007 });
    expect(usedByTeam(picture, NOW + 24 * HOUR)).toEqual({ day: 7, month: 7 });
    expect(usedByTeam(picture, NOW - HOUR), 'with the clock turned back').toEqual({ day: 107, month: 1_007 });
  });
});
