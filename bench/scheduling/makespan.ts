/** How near does a run come to the shortest one possible, and how much shorter is it than the seed's way? */
import { seededRandom } from '../../src/core/balancing/seeded-random.ts';
import { forecastRun } from '../../src/core/scheduling/forecast-run.ts';
import { planTasks, type TaskPlan } from '../../src/core/scheduling/plan-tasks.ts';
import { atLeast, atMost, type Section } from '../section.ts';
import { median } from '../statistics.ts';
import { drawTasks } from './draw-tasks.ts';
import { runGroupByGroup } from './group-by-group.ts';

const GRAPHS = 200;
/** Groups are uneven where one takes at least twice as long as another. */
const UNEVEN = 2;

export const MAKESPAN: Section = {
  name: 'makespan',
  about: `${GRAPHS} seeded graphs: the length of a run, against its lower bound and the seed's groups`,
  measure: async () => {
    const runs = Array.from({ length: GRAPHS }, (_, seed) => measureOne(seed));
    const uneven = runs.filter(({ unevenness }) => unevenness >= UNEVEN);
    const overBound = median(runs.map(({ overBound }) => overBound));
    const shorter = median(uneven.map(({ shorter }) => shorter));
    const worst = Math.max(...runs.map(({ overBound }) => overBound));
    return {
      rows: [
        atMost('makespan / lower bound, median', round(overBound), [1.05, '']),
        atLeast('shorter than group by group, median', round(shorter), [15, '%']),
      ],
      notes: [
        `over the bound at worst ${round(worst)}; groups uneven in ${uneven.length} of ${GRAPHS} graphs`,
        `longer than group by group in ${runs.filter(({ shorter }) => shorter < 0).length} graphs`,
      ],
      data: runs,
    };
  },
};

/** 20 to 119 tasks with up to three needs each, one in five on a shared file, and two to eight workers. */
function measureOne(seed: number) {
  const random = seededRandom(`makespan-${seed}`);
  const below = (limit: number) => Math.floor(random() * limit);
  const [count, workers] = [20 + below(100), 2 + below(7)];
  const drawn = { seed: `graph-${seed}`, count, needs: () => below(4), reach: count, sharing: 5 };
  const plan = planOf(drawTasks(drawn));
  const { makespan, lowerBound } = forecastRun(plan, workers);
  const groups = runGroupByGroup(plan, workers);
  return {
    count,
    workers,
    overBound: makespan / lowerBound,
    shorter: (1 - makespan / groups.makespan) * 100,
    unevenness: groups.unevenness,
  };
}

function planOf(tasks: Parameters<typeof planTasks>[0]): TaskPlan {
  const planned = planTasks(tasks);
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems));
  return planned.plan;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
