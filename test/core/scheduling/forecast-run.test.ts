import { describe, expect, it } from 'vitest';
import { forecastRun } from '../../../src/core/scheduling/forecast-run.ts';
import { planOf, task } from './batch-tasks.ts';

describe('a forecast', () => {
  it('starts a task as soon as its own needs have ended, whatever else still runs', () => {
    const plan = planOf(
      task('slow', { estimate: 10 }),
      task('quick', { estimate: 1 }),
      task('after-quick', { estimate: 4, dependsOn: ['quick'] }),
    );
    expect(forecastRun(plan, 2)).toEqual({
      slots: [
        { task: 0, start: 0, end: 10 },
        { task: 1, start: 0, end: 1 },
        { task: 2, start: 1, end: 5 },
      ],
      makespan: 10,
      lowerBound: 10,
    });
  });

  it('cannot be shorter than all the work shared out', () => {
    const plan = planOf(...['a', 'b', 'c', 'd'].map((id) => task(id, { estimate: 3 })));
    expect(forecastRun(plan, 2)).toMatchObject({ makespan: 6, lowerBound: 6 });
    expect(forecastRun(plan, 3)).toMatchObject({ makespan: 6, lowerBound: 4 });
  });
});
