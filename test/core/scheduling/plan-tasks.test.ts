import { describe, expect, it } from 'vitest';
import { planTasks } from '../../../src/core/scheduling/plan-tasks.ts';
import { planOf, task } from './batch-tasks.ts';

describe('a plan', () => {
  it('names a circle as a chain', () => {
    const tasks = [
      task('free'),
      task('a', { dependsOn: ['b'] }),
      task('b', { dependsOn: ['c'] }),
      task('c', { dependsOn: ['b'] }),
    ];
    expect(planTasks(tasks)).toEqual({ ok: false, problems: [{ code: 'cycle', chain: ['b', 'c', 'b'] }] });
    expect(planTasks([task('a', { dependsOn: ['a'] })])).toMatchObject({
      problems: [{ chain: ['a', 'a'] }],
    });
  });

  it('names each id that is there twice, and each that is not there', () => {
    const tasks = [task('a'), task('a'), task('b', { dependsOn: ['x', 'a', 'y'] })];
    expect(planTasks(tasks)).toEqual({
      ok: false,
      problems: [
        { code: 'duplicate-id', id: 'a' },
        { code: 'unknown-dependency', id: 'b', dependency: 'x' },
        { code: 'unknown-dependency', id: 'b', dependency: 'y' },
      ],
    });
  });

  it('lets the higher priority go first on a file, then the one that was given first', () => {
    const files = ['f'];
    const plan = planOf(task('a', { files }), task('b', { files, priority: 1 }), task('c', { files }));
    expect(plan.conflicts).toEqual([
      { first: 1, second: 0, file: 'f' },
      { first: 0, second: 2, file: 'f' },
    ]);
  });

  it('does not let a priority turn a dependency round', () => {
    const plan = planOf(
      task('a', { files: ['f'] }),
      task('b', { files: ['f'], priority: 9, dependsOn: ['a'] }),
    );
    expect(plan.order).toEqual([0, 1]);
    expect(plan.followers).toEqual([[1], []]);
  });

  it('has no circle of conflicts, though the priorities pull against the dependencies', () => {
    const plan = planOf(
      task('a1', { files: ['f'] }),
      task('b1', { files: ['f'], priority: 5, dependsOn: ['a2'] }),
      task('a2', { files: ['g'] }),
      task('b2', { files: ['g'], priority: 5, dependsOn: ['a1'] }),
    );
    for (const { first, second } of plan.conflicts)
      expect(plan.order.indexOf(first)).toBeLessThan(plan.order.indexOf(second));
    expect(plan.order).toHaveLength(4);
  });

  it('gives the first turn to the longest way that is left', () => {
    const plan = planOf(
      task('short', { estimate: 3, priority: 9 }),
      task('long-1', { estimate: 1 }),
      task('long-2', { estimate: 5, dependsOn: ['long-1'] }),
    );
    expect(plan.remaining).toEqual([3, 6, 5]);
    expect(plan.turn).toEqual([2, 0, 1]);
  });

  it('bears a chain that is longer than any stack', () => {
    const chain = Array.from({ length: 50_000 }, (_, at) =>
      task(`t${at}`, { dependsOn: at === 49_999 ? [] : [`t${at + 1}`] }),
    );
    expect(planOf(...chain).order[0]).toBe(49_999);
  });
});
