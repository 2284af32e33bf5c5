// Which tasks of a run get a worktree of their own?
import type { TaskPlan } from '../scheduling/plan-tasks.ts';
import type { WorktreePolicy } from './worktree-policy.ts';

export type WorktreeQuestion = {
  readonly plan: TaskPlan;
  /** The places of the tasks that may write. */
  readonly writers: ReadonlySet<number>;
  readonly maxWorkers: number;
  readonly policy: WorktreePolicy;
};

/** To be asked when a task starts: to know it of all of them at once would take a square of their number. */
export function createWorktreeChoice(question: WorktreeQuestion): (task: number) => boolean {
  const { plan, writers, maxWorkers, policy } = question;
  const leaders = turnRound(plan.followers);
  return (task) => {
    if (!writers.has(task) || policy === 'never') return false;
    if (policy === 'always') return true;
    if (maxWorkers < 2 || writers.size < 2) return false;
    const inLine = countReached(task, plan.followers, writers) + countReached(task, leaders, writers);
    return inLine < writers.size - 1;
  };
}

function turnRound(followers: TaskPlan['followers']): TaskPlan['followers'] {
  const leaders: number[][] = followers.map(() => []);
  followers.forEach((list, task) => {
    for (const follower of list) leaders[follower]?.push(task);
  });
  return leaders;
}

/** How many of those wanted lie on a way that begins at the task. */
function countReached(task: number, ways: TaskPlan['followers'], wanted: ReadonlySet<number>): number {
  const seen = new Set([task]);
  const open = [task];
  let count = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of ways[at] ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
      if (wanted.has(next)) count += 1;
    }
  }
  return count;
}
