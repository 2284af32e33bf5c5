// Which task waits for which, and which of several should go first?
import type { BatchTask } from './batch-task.ts';
import { findOverlaps } from './find-conflicts.ts';
import { orderTasks } from './order-tasks.ts';

/** Tasks are named by their place in `tasks`. A plan follows from its tasks alone: it need not be kept. */
export type TaskPlan = {
  readonly tasks: readonly BatchTask[];
  /** For each task those that need its work. */
  readonly dependants: readonly (readonly number[])[];
  readonly conflicts: readonly Conflict[];
  /** For each task those that wait for it: its dependants, and the next ones on its files. */
  readonly followers: readonly (readonly number[])[];
  /** For each task the estimate of the longest way from its start to the end of the run. */
  readonly remaining: readonly number[];
  /** Each task's turn among those that could start: the longest way first. */
  readonly turn: readonly number[];
  /** One order in which they could run after each other. */
  readonly order: readonly number[];
};

/** Only neighbours on a file: the order of the others follows. */
export type Conflict = { readonly first: number; readonly second: number; readonly file: string };

export type PlanProblem =
  | { readonly code: 'duplicate-id'; readonly id: string }
  | { readonly code: 'unknown-dependency'; readonly id: string; readonly dependency: string }
  /** Each needs the next; the first is named again at the end. */
  | { readonly code: 'cycle'; readonly chain: readonly string[] };

export type Planned =
  | { readonly ok: true; readonly plan: TaskPlan }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] };

export function planTasks(tasks: readonly BatchTask[]): Planned {
  const places = new Map<string, number>();
  for (const [at, { id }] of tasks.entries()) places.set(id, at);
  const { needs, unknown } = readNeeds(tasks, places);
  const problems = [...(places.size < tasks.length ? findDuplicates(tasks) : []), ...unknown];
  if (problems.length > 0) return { ok: false, problems };
  const ordered = orderTasks(tasks, needs);
  if (!ordered.ok) return { ok: false, problems: [{ code: 'cycle', chain: ordered.chain }] };
  const { order } = ordered;
  const conflicts = findConflicts(tasks, order);
  const dependants = turnRound(needs);
  const followers = dependants.map((list) => [...list]);
  for (const { first, second } of conflicts)
    if (!needs[second]?.includes(first)) followers[first]?.push(second);
  const remaining = measureRemaining(tasks, order, followers);
  return {
    ok: true,
    plan: { tasks, dependants, conflicts, followers, remaining, turn: rankTurns(tasks, remaining), order },
  };
}

function findDuplicates(tasks: readonly BatchTask[]): readonly PlanProblem[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of tasks) (seen.has(id) ? twice : seen).add(id);
  return [...twice].map((id) => ({ code: 'duplicate-id', id }));
}

function readNeeds(tasks: readonly BatchTask[], places: ReadonlyMap<string, number>) {
  const unknown: PlanProblem[] = [];
  const needs = tasks.map(({ id, dependsOn }) => {
    const list: number[] = [];
    for (const dependency of dependsOn) {
      const place = places.get(dependency);
      if (place === undefined) unknown.push({ code: 'unknown-dependency', id, dependency });
      else if (!list.includes(place)) list.push(place);
    }
    return list;
  });
  return { needs, unknown };
}

function turnRound(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const dependants: number[][] = needs.map(() => []);
  needs.forEach((list, task) => {
    for (const need of list) dependants[need]?.push(task);
  });
  return dependants;
}

/** Along the order, the tasks of an overlap form one line: to keep neighbours apart keeps all of them apart. */
function findConflicts(tasks: readonly BatchTask[], order: readonly number[]): readonly Conflict[] {
  const position: number[] = new Array(order.length).fill(0);
  order.forEach((task, at) => {
    position[task] = at;
  });
  const found = new Map<number, Conflict>();
  for (const { one, other } of findOverlaps(tasks.map(({ files }) => files))) {
    const touching = one === other ? one.tasks : new Set([...one.tasks, ...other.tasks]);
    const line = [...touching].sort((a, b) => (position[a] ?? 0) - (position[b] ?? 0));
    line.forEach((second, at) => {
      const first = line[at - 1];
      if (first === undefined) return;
      const key = first * tasks.length + second;
      if (!found.has(key)) found.set(key, { first, second, file: other.file });
    });
  }
  return [...found.values()];
}

function measureRemaining(
  tasks: readonly BatchTask[],
  order: readonly number[],
  followers: readonly (readonly number[])[],
): readonly number[] {
  const remaining: number[] = new Array(tasks.length).fill(0);
  for (const task of [...order].reverse()) {
    let longest = 0;
    for (const follower of followers[task] ?? []) longest = Math.max(longest, remaining[follower] ?? 0);
    remaining[task] = (tasks[task]?.estimate ?? 0) + longest;
  }
  return remaining;
}

function rankTurns(tasks: readonly BatchTask[], remaining: readonly number[]): readonly number[] {
  const priority = (task: number) => tasks[task]?.priority ?? 0;
  const length = (task: number) => remaining[task] ?? 0;
  const turn: number[] = new Array(tasks.length).fill(0);
  [...tasks.keys()]
    .sort((a, b) => length(b) - length(a) || priority(b) - priority(a) || a - b)
    .forEach((task, at) => {
      turn[task] = at;
    });
  return turn;
}
