/** How long does a plan take to make, and does that grow no faster than n log n? */
import { planTasks } from '../../src/core/scheduling/plan-tasks.ts';
import { atMost, type Section } from '../section.ts';
import { median } from '../statistics.ts';
import { drawTasks } from './draw-tasks.ts';

const ROUNDS = 30;
/** Ten times the memory is farther away from the processor, whatever the algorithm. */
const SLACK = 1.5;
const [SMALL, LARGE] = [1_000, 10_000];

export const PLANNING: Section = {
  name: 'planning',
  about: 'the time to plan tasks with three needs and a file each, one file in five shared',
  measure: async () => {
    const small = measurePlanning(SMALL);
    const large = measurePlanning(LARGE);
    const inOrder = (LARGE * Math.log(LARGE)) / (SMALL * Math.log(SMALL));
    return {
      rows: [
        atMost(`plan ${SMALL} tasks, median`, round(small.median), [5, 'ms']),
        atMost(`plan ${LARGE} tasks, median`, round(large.median), [100, 'ms']),
        atMost('growth / growth of n log n', round(large.least / small.least / inOrder), [SLACK, '']),
      ],
      notes: [],
    };
  },
};

function measurePlanning(count: number) {
  const tasks = drawTasks({ seed: 'planning', count, needs: () => 3, reach: count, sharing: 5 });
  const times = Array.from({ length: ROUNDS + 5 }, () => {
    const startedAt = performance.now();
    const planned = planTasks(tasks);
    const took = performance.now() - startedAt;
    if (!planned.ok) throw new Error(JSON.stringify(planned.problems));
    return took;
  });
  // The first ones are slower: the code is not compiled yet. The least is the one that nothing else disturbed.
  return { median: median(times.slice(5)), least: Math.min(...times) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
