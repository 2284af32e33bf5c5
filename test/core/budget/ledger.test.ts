import { describe, expect, it } from 'vitest';
import { typicalTokens } from '../../../src/core/budget/expect-tokens.ts';
import { EMPTY_LEDGER, noteTasks, usedOn } from '../../../src/core/budget/ledger.ts';
import { past } from './past-tasks.ts';

describe('the ledger', () => {
  it('adds up what was used on the last day, by sessions, and by runs', () => {
    const ledger = noteTasks(EMPTY_LEDGER, [
      past({ day: 1, tokens: 100, sessionId: 'a' }),
      past({ day: 2, tokens: 20, sessionId: 'a', runId: 'r' }),
      past({ day: 2, tokens: 3, runId: 'r' }),
    ]);
    expect(usedOn(ledger, 2)).toBe(23);
    expect(ledger.usedBySession).toEqual(new Map([['a', 120]]));
    expect(ledger.usedByRun).toEqual(new Map([['r', 23]]));
  });

  it('begins anew with a new day, and does not count a line of an earlier one that comes late', () => {
    const ledger = noteTasks(EMPTY_LEDGER, [past({ day: 2, tokens: 20 }), past({ day: 1, tokens: 100 })]);
    expect(usedOn(ledger, 2)).toBe(20);
    expect(usedOn(ledger, 3)).toBe(0);
    expect(usedOn(noteTasks(ledger, [past({ day: 3, tokens: 5 })]), 3)).toBe(5);
  });

  it('counts a task that failed, but does not expect the next one to be like it', () => {
    const ledger = noteTasks(EMPTY_LEDGER, [past({ tokens: 900, finished: false }), past({ tokens: 10 })]);
    expect(usedOn(ledger, 1)).toBe(910);
    expect(typicalTokens(ledger, 'explore')).toEqual({ tokens: 10, samples: 1 });
  });

  it('gives the same, however the tasks come in', () => {
    const tasks = [past({ tokens: 1 }), past({ tokens: 5, day: 2 }), past({ tokens: 9, costUsd: 1 })];
    const oneByOne = tasks.reduce((ledger, task) => noteTasks(ledger, [task]), EMPTY_LEDGER);
    expect(oneByOne).toEqual(noteTasks(EMPTY_LEDGER, tasks));
  });

  it('forgets the session that was quiet longest, and old samples', () => {
    const many = Array.from({ length: 600 }, (_, index) => past({ tokens: index, sessionId: `s${index}` }));
    const ledger = noteTasks(EMPTY_LEDGER, [...many, past({ sessionId: 's0' })]);
    expect(ledger.usedBySession.size).toBe(500);
    expect(ledger.usedBySession.has('s599')).toBe(true);
    expect(ledger.usedBySession.has('s50')).toBe(false);
    expect(ledger.samples.get('explore')).toHaveLength(50);
  });
});

describe('what tasks of an agent take', () => {
  it.each([
    ['the middle one', [10, 1_000, 30], 30],
    ['of two the mean of both', [10, 30], 20],
    ['one endless task does not move it', [10, 11, 12, 13, 9_000_000], 12],
  ])('is %s', (_, tokens, typical) => {
    const ledger = noteTasks(
      EMPTY_LEDGER,
      tokens.map((each) => past({ tokens: each })),
    );
    expect(typicalTokens(ledger, 'explore')).toEqual({ tokens: typical, samples: tokens.length });
  });

  it('is not known where none has ended, and is not made up from other agents', () => {
    expect(typicalTokens(noteTasks(EMPTY_LEDGER, [past({ agent: 'writer' })]), 'explore')).toBeNull();
  });
});
