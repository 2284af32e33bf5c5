import fc from 'fast-check';
import type { BatchTask } from '../../src/core/scheduling/batch-task.ts';
import type { RunLimits } from '../../src/core/scheduling/run-event.ts';
import { task } from '../core/scheduling/batch-tasks.ts';

const FILES = ['a', 'b/x', 'b/y', 'b', 'b/*', '**/x', 'c', 'd', 'e/f'];

export const graph: fc.Arbitrary<readonly BatchTask[]> = fc
  .array(
    fc.record({
      files: fc.array(fc.constantFrom(...FILES), { maxLength: 2 }),
      needs: fc.array(fc.nat(1_000), { maxLength: 3 }),
      priority: fc.integer({ min: -2, max: 2 }),
      estimate: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .chain((drawn) => {
    const tasks = drawn.map(({ needs, ...more }, at) =>
      task(`t${at}`, { ...more, dependsOn: at === 0 ? [] : needs.map((need) => `t${need % at}`) }),
    );
    return fc.shuffledSubarray(tasks, { minLength: tasks.length });
  });

export const limits: fc.Arbitrary<RunLimits> = fc.record({
  maxWorkers: fc.integer({ min: 1, max: 5 }),
  capacity: fc.integer({ min: 1, max: 5 }),
  tokenBudget: fc.option(fc.integer({ min: 0, max: 500 })),
  onFailure: fc.constantFrom('continue', 'stop', 'cancel'),
});
