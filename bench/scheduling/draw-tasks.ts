import { seededRandom } from '../../src/core/balancing/seeded-random.ts';
import type { BatchTask } from '../../src/core/scheduling/batch-task.ts';

export type Drawing = {
  readonly seed: string;
  readonly count: number;
  /** Of each task, where so many stand before it. */
  readonly needs: () => number;
  /** How far back a task reaches for what it needs. */
  readonly reach: number;
  /** One task in so many touches a file that others touch too; 0 for none. */
  readonly sharing: number;
};

/** The same tasks for the same seed. Most are quick and some take ten times as long, as model answers do. */
export function drawTasks({ seed, count, needs, reach, sharing }: Drawing): readonly BatchTask[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, at) => ({
    id: `t${at}`,
    agent: 'executor',
    prompt: 'p',
    files: sharing > 0 && below(sharing) === 0 ? [`src/shared-${below(count / 4)}.ts`] : [`src/own-${at}.ts`],
    dependsOn: [
      ...new Set(
        Array.from({ length: Math.min(at, needs()) }, () => `t${at - 1 - below(Math.min(at, reach))}`),
      ),
    ],
    priority: 0,
    estimate: Math.exp(random() * Math.log(10)),
  }));
}
