// One order in which all tasks could run after each other: the highest priority first, then as they were given, and
// before each what it needs. Every conflict takes its direction from this order, so that no circle can come of it.
import type { BatchTask } from './batch-task.ts';

export type TaskOrder =
  | { readonly ok: true; readonly order: readonly number[] }
  /** Ids, the first of them again at the end: each needs the next. */
  | { readonly ok: false; readonly chain: readonly string[] };

type Visit = { readonly task: number; next: number };

/** @param needs The places of the tasks that each one needs. */
export function orderTasks(tasks: readonly BatchTask[], needs: readonly (readonly number[])[]): TaskOrder {
  const place = placesByPriority(tasks);
  const sortedNeeds = needs.map((list) => [...list].sort((a, b) => (place[a] ?? 0) - (place[b] ?? 0)));
  const seen: ('open' | 'placed' | undefined)[] = new Array(tasks.length);
  const order: number[] = [];
  for (const first of [...tasks.keys()].sort((a, b) => (place[a] ?? 0) - (place[b] ?? 0))) {
    if (seen[first] !== undefined) continue;
    // No recursion: a chain may be longer than the stack.
    const path: Visit[] = [{ task: first, next: 0 }];
    seen[first] = 'open';
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const need = sortedNeeds[visit.task]?.[visit.next];
      visit.next += 1;
      if (need === undefined) {
        seen[visit.task] = 'placed';
        order.push(visit.task);
        path.pop();
      } else if (seen[need] === 'open') return { ok: false, chain: nameCycle(tasks, path, need) };
      else if (seen[need] === undefined) {
        seen[need] = 'open';
        path.push({ task: need, next: 0 });
      }
    }
  }
  return { ok: true, order };
}

function placesByPriority(tasks: readonly BatchTask[]): readonly number[] {
  const priority = (task: number) => tasks[task]?.priority ?? 0;
  const places: number[] = new Array(tasks.length).fill(0);
  [...tasks.keys()]
    .sort((a, b) => priority(b) - priority(a) || a - b)
    .forEach((task, at) => {
      places[task] = at;
    });
  return places;
}

function nameCycle(tasks: readonly BatchTask[], path: readonly Visit[], back: number): readonly string[] {
  const from = path.findIndex(({ task }) => task === back);
  return [...path.slice(from).map(({ task }) => task), back].map((task) => tasks[task]?.id ?? '');
}
