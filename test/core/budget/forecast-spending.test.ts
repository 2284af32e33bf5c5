import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastSpending, type PlannedTask } from '../../../src/core/budget/forecast-spending.ts';
import { judgeForecast } from '../../../src/core/budget/judge-forecast.ts';
import { EMPTY_LEDGER, noteTasks } from '../../../src/core/budget/ledger.ts';
import { budgets, past } from './past-tasks.ts';

const gemini = { provider: 'gemini', model: 'gemini-3-flash' };
const openai = { provider: 'openai', model: 'gpt-5.2' };
const task = (more: Partial<PlannedTask> = {}): PlannedTask => ({
  agent: 'explore',
  estimate: null,
  target: gemini,
  ...more,
});

const ledger = noteTasks(EMPTY_LEDGER, [
  past({ tokens: 4_000 }),
  past({ tokens: 6_000 }),
  past({ tokens: 8_000 }),
  past({ agent: 'architect', model: 'openai/gpt-5.2', tokens: 100_000, costUsd: 0.5 }),
]);

describe('what tasks are expected to take', () => {
  it('is what they say themselves, else what tasks of their agent took, else unknown', () => {
    const forecast = forecastSpending(
      [
        task(),
        task({ estimate: 20_000 }),
        task({ agent: 'writer' }),
        task({ target: null, agent: 'planner' }),
      ],
      ledger,
    );
    expect(forecast).toMatchObject({ tasks: 4, onClaude: 1, tokens: 26_000, unknownTasks: 1 });
    expect(forecast.largestTask).toBe(20_000);
    expect(forecast.rows).toEqual([
      { ...gemini, agent: 'explore', tasks: 2, tokens: 26_000, unknownTasks: 0, samples: 3, costUsd: null },
      { ...gemini, agent: 'writer', tasks: 1, tokens: null, unknownTasks: 1, samples: 0, costUsd: null },
    ]);
  });

  it('does not take an estimate in another unit for tokens', () => {
    const [row] = forecastSpending([task({ estimate: 3 })], ledger).rows;
    expect(row).toMatchObject({ tokens: 6_000, samples: 3 });
  });

  it('costs what was paid for tokens of that model before, and is not priced where nobody has paid', () => {
    const forecast = forecastSpending(
      [task({ agent: 'architect', target: openai, estimate: 50_000 }), task()],
      ledger,
    );
    expect(forecast.rows.map(({ costUsd }) => costUsd)).toEqual([0.25, null]);
    expect(forecast.costUsd).toBe(0.25);
    expect(forecastSpending([task()], ledger).costUsd).toBeNull();
  });

  it('counts every task once', () => {
    const anyTask = fc.record({
      agent: fc.constantFrom('explore', 'writer', 'architect'),
      estimate: fc.option(fc.integer({ min: 1, max: 100_000 })),
      target: fc.option(fc.constantFrom(gemini, openai)),
    });
    fc.assert(
      fc.property(fc.array(anyTask), (tasks) => {
        const { rows, onClaude, unknownTasks, tokens } = forecastSpending(tasks, ledger);
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(rows.map((row) => row.tasks)) + onClaude).toBe(tasks.length);
        expect(sum(rows.map((row) => row.unknownTasks))).toBe(unknownTasks);
        expect(sum(rows.map((row) => row.tokens ?? 0))).toBe(tokens);
        for (const row of rows) expect(row.tokens === null).toBe(row.unknownTasks === row.tasks);
      }),
    );
  });
});

describe('a forecast', () => {
  const forecast = forecastSpending([task(), task(), task({ agent: 'writer' })], ledger);
  const exceeded = (
    limits: Parameters<typeof budgets>[0],
    used = { day: 0, session: null as number | null },
  ) => judgeForecast(forecast, budgets(limits), used).exceeded;

  it.each([
    ['a task', { task: 5_999 }, { day: 0, session: null }, { scope: 'task', used: 0, expected: 6_000 }],
    ['the run', { run: 11_999 }, { day: 0, session: null }, { scope: 'run', used: 0, expected: 12_000 }],
    ['the day', { day: 20_000 }, { day: 8_001, session: null }, { scope: 'day', used: 8_001 }],
    ['the session', { session: 20_000 }, { day: 0, session: 8_001 }, { scope: 'session', used: 8_001 }],
  ])('is over the budget of %s where that is less', (_, limits, used, strain) => {
    expect(exceeded(limits, used)).toMatchObject([strain]);
  });

  it('is within budgets that it just fills', () => {
    expect(exceeded({ task: 6_000, run: 12_000, day: 20_000 }, { day: 8_000, session: null })).toEqual([]);
  });

  it('is over a day that is spent, though nobody knows what it takes', () => {
    const unknown = forecastSpending([task({ agent: 'writer' })], ledger);
    const check = judgeForecast(unknown, budgets({ day: 100 }), { day: 100, session: null });
    expect(check.exceeded).toMatchObject([{ scope: 'day', expected: 0 }]);
  });

  it('is never over anything where all of it stays on Claude', () => {
    const native = forecastSpending([task({ target: null })], ledger);
    expect(judgeForecast(native, budgets({ day: 1 }), { day: 9, session: 9 }).exceeded).toEqual([]);
  });

  it('comes near a budget from the warning on', () => {
    const near = (warnAt: number) =>
      judgeForecast(forecast, budgets({ run: 15_000, warnAt }), { day: 0, session: null }).near;
    expect(near(80)).toMatchObject([{ scope: 'run', limit: 15_000 }]);
    expect(near(81)).toEqual([]);
  });
});
