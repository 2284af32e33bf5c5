// Of several tasks whose work waits to be merged, whose is merged next?
import type { TaskPlan } from '../scheduling/plan-tasks.ts';

export type MergeTurn = { readonly run: number; readonly place: number };

/** The older run's, and within a run the one that the order of the plan puts first. */
export function pickNextMerge<T extends MergeTurn>(waiting: readonly T[]): T | undefined {
  let first = waiting[0];
  for (const one of waiting) if (first !== undefined && comesBefore(one, first)) first = one;
  return first;
}

/** For each task its place in the order in which they could run after each other. */
export function placesInOrder({ order }: Pick<TaskPlan, 'order'>): readonly number[] {
  const places: number[] = new Array(order.length).fill(0);
  order.forEach((task, place) => {
    places[task] = place;
  });
  return places;
}

function comesBefore(one: MergeTurn, other: MergeTurn): boolean {
  return one.run === other.run ? one.place < other.place : one.run < other.run;
}
