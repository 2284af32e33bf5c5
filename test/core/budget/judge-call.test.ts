import { describe, expect, it } from 'vitest';
import { judgeCall } from '../../../src/core/budget/judge-call.ts';
import { localDay } from '../../../src/core/budget/local-day.ts';
import { budgets } from './past-tasks.ts';

const NOTHING = { day: 0, session: null };
const typical = { tokens: 150, samples: 4 };

describe('one more call', () => {
  it.each([
    ['within all of them', { day: 100, session: 100, task: 150 }, { day: 99, session: 99 }, null],
    ['where the day is spent', { day: 100 }, { day: 104, session: 0 }, 'budget-day-104%'],
    ['where the session is spent', { session: 100 }, { day: 500, session: 100 }, 'budget-session-100%'],
    ['without a session', { session: 100 }, { day: 500, session: null }, null],
    ['of an agent whose tasks take more', { task: 100 }, NOTHING, 'budget-task-~150%'],
  ])('%s', (_, limits, used, reason) => {
    expect(judgeCall({ budgets: budgets(limits), used, typical })?.reason ?? null).toBe(reason);
  });

  it('is not kept back by a guess: an agent of which nothing is known may go', () => {
    expect(judgeCall({ budgets: budgets({ task: 1 }), used: NOTHING, typical: null })).toBeNull();
  });

  it('goes to Claude, or to nobody where the user wants that', () => {
    const spent = { used: { day: 10, session: null }, typical: null };
    const call = (onExceeded: 'claude' | 'stop') =>
      judgeCall({ ...spent, budgets: budgets({ day: 10, onExceeded }) });
    expect(call('claude')?.block).toBeNull();
    expect(call('stop')?.block).toContain('midnight');
  });
});

describe('a day', () => {
  const at = Date.UTC(2026, 0, 28, 15, 30);
  it.each([
    ['in UTC', 0, at],
    ['in Seoul, where it is after midnight already', -540, Date.UTC(2026, 0, 29, 0, 30)],
    ['in New York', 300, Date.UTC(2026, 0, 28, 10, 30)],
  ])('is the day of the wall clock %s', (_, offset, wall) => {
    expect(localDay(at, offset)).toBe(Math.floor(wall / 86_400_000));
  });
});
