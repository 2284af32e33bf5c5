// The next state of a run while it is being made: its lists are its own, and may be changed in place.
import type { TaskPlan } from './plan-tasks.ts';
import type { RunAction } from './run-event.ts';
import type { Limited, RunState, TaskEnd, TaskState } from './run-state.ts';

export type Draft = {
  readonly plan: TaskPlan;
  readonly tasks: TaskState[];
  readonly waitsFor: number[];
  readonly ready: number[];
  readonly actions: RunAction[];
  running: number;
  spentTokens: number;
  limited: Limited;
};

export function beginDraft(state: RunState, plan: TaskPlan): Draft {
  const { tasks, waitsFor, ready, running, spentTokens, limited } = state;
  return {
    plan,
    tasks: [...tasks],
    waitsFor: [...waitsFor],
    ready: [...ready],
    actions: [],
    running,
    spentTokens,
    limited,
  };
}

export function finishDraft({ plan: _, actions, ...state }: Draft) {
  return { state, actions };
}

export function isReady({ tasks, waitsFor }: Draft, task: number): boolean {
  return tasks[task]?.name === 'waiting' && waitsFor[task] === 0;
}

export function startTask(draft: Draft, task: number): void {
  draft.ready.splice(draft.ready.indexOf(task), 1);
  draft.tasks[task] = { name: 'running', stopping: false };
  draft.running += 1;
  draft.actions.push({ type: 'start', task });
}

/** Only one that runs can be told to end, and once is enough. */
export function stopTask(draft: Draft, task: number): void {
  const state = draft.tasks[task];
  if (state?.name !== 'running' || state.stopping) return;
  draft.tasks[task] = { name: 'running', stopping: true };
  draft.actions.push({ type: 'stop', task });
}

/** Back to those that are ready; one that was told to end has ended by this. */
export function returnTask(draft: Draft, task: number): void {
  const state = draft.tasks[task];
  if (state?.name !== 'running') return;
  if (state.stopping) {
    endTask(draft, task, { outcome: 'cancelled' });
    return;
  }
  draft.running -= 1;
  draft.tasks[task] = { name: 'waiting' };
  queue(draft, task);
}

/** With it end those that need its work, where that was not done. */
export function endTask(draft: Draft, task: number, end: TaskEnd): void {
  const passed: number[] = [];
  const ending: [number, TaskEnd][] = [[task, end]];
  for (let next = ending.pop(); next !== undefined; next = ending.pop()) {
    const [at, how] = next;
    const before = draft.tasks[at];
    if (before === undefined || before.name === 'ended') continue;
    draft.tasks[at] = { name: 'ended', end: how };
    if (before.name === 'running') draft.running -= 1;
    else if (draft.waitsFor[at] === 0) draft.ready.splice(draft.ready.indexOf(at), 1);
    if (draft.waitsFor[at] === 0) passed.push(at);
    if (how.outcome === 'done') continue;
    const { outcome } = how;
    const because = { code: 'need-not-done', task: draft.plan.tasks[at]?.id ?? '', outcome } as const;
    for (const dependant of draft.plan.dependants[at] ?? [])
      ending.push([dependant, { outcome: 'skipped', because }]);
  }
  for (const at of passed) pass(draft, at);
}

/**
 * Whoever waited for it does so no longer. One that ended without its turn passes only when its turn comes: else the
 * next one on its files would start while the one before still runs.
 */
function pass(draft: Draft, task: number): void {
  const passing = [task];
  for (let at = passing.pop(); at !== undefined; at = passing.pop()) {
    for (const follower of draft.plan.followers[at] ?? []) {
      const left = (draft.waitsFor[follower] ?? 0) - 1;
      draft.waitsFor[follower] = left;
      if (left > 0) continue;
      if (draft.tasks[follower]?.name === 'waiting') queue(draft, follower);
      else passing.push(follower);
    }
  }
}

/** Into its place by its turn. */
function queue(draft: Draft, task: number): void {
  const { ready, plan } = draft;
  const turn = plan.turn[task] ?? 0;
  let [low, high] = [0, ready.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((plan.turn[ready[middle] ?? 0] ?? 0) < turn) low = middle + 1;
    else high = middle;
  }
  ready.splice(low, 0, task);
}
