// The seed's way: tasks are put into groups by their dependencies, and a group starts when the one before is done.
// In a group those that touch the same files run first, one after the other, then the others on all workers.
import type { TaskPlan } from '../../src/core/scheduling/plan-tasks.ts';

export type Groups = {
  readonly makespan: number;
  /** How much longer the longest group takes than the shortest. */
  readonly unevenness: number;
};

export function runGroupByGroup(plan: TaskPlan, workers: number): Groups {
  const spans = groupsOf(plan).map((group) => spanOf(group, plan, workers));
  return {
    makespan: spans.reduce((sum, span) => sum + span, 0),
    unevenness: Math.max(...spans) / Math.min(...spans),
  };
}

function groupsOf({ tasks, order, dependants }: TaskPlan): readonly (readonly number[])[] {
  const level: number[] = new Array(tasks.length).fill(0);
  for (const task of order)
    for (const dependant of dependants[task] ?? [])
      level[dependant] = Math.max(level[dependant] ?? 0, (level[task] ?? 0) + 1);
  const groups: number[][] = [];
  level.forEach((at, task) => {
    groups[at] = [...(groups[at] ?? []), task];
  });
  return groups;
}

function spanOf(group: readonly number[], { tasks, conflicts }: TaskPlan, workers: number): number {
  const within = new Set(group);
  const clashing = new Set(
    conflicts
      .filter(({ first, second }) => within.has(first) && within.has(second))
      .flatMap(({ first, second }) => [first, second]),
  );
  const lengthOf = (task: number) => tasks[task]?.estimate ?? 0;
  const inSequence = [...clashing].reduce((sum, task) => sum + lengthOf(task), 0);
  const loads: number[] = new Array(workers).fill(0);
  for (const task of group) {
    if (clashing.has(task)) continue;
    const free = loads.indexOf(Math.min(...loads));
    loads[free] = (loads[free] ?? 0) + lengthOf(task);
  }
  return inSequence + Math.max(...loads);
}
