import { isOnTrial } from './limited.ts';
import { lastFirst, noteEnd, skipWaiting } from './note-end.ts';
import type { TaskPlan } from './plan-tasks.ts';
import {
  beginDraft,
  type Draft,
  endTask,
  finishDraft,
  returnTask,
  startTask,
  stopTask,
} from './run-draft.ts';
import type { RunAction, RunEvent, RunLimits } from './run-event.ts';
import type { RunState } from './run-state.ts';

export type RunStep = { readonly state: RunState; readonly actions: readonly RunAction[] };

export type RunContext = { readonly plan: TaskPlan; readonly limits: RunLimits };

/** The run after an event, and what is to be done about it, in this order. */
export function advanceRun(state: RunState, event: RunEvent, { plan, limits }: RunContext): RunStep {
  const draft = beginDraft(state, plan);
  apply(draft, event, limits);
  startWhatMay(draft, limits);
  return finishDraft(draft);
}

function apply(draft: Draft, event: RunEvent, limits: RunLimits): void {
  switch (event.type) {
    case 'look-again':
      return;
    case 'task-ended':
      if (draft.tasks[event.task]?.name === 'running') noteEnd(draft, event, limits);
      return;
    case 'task-lost':
      returnTask(draft, event.task);
      return;
    case 'cancel-task':
      cancel(draft, event.task);
      return;
    case 'wind-up':
      skipWaiting(draft, { code: 'wound-up' });
      return;
    case 'cancel-run':
      for (const task of lastFirst(draft)) cancel(draft, task);
  }
}

function cancel(draft: Draft, task: number): void {
  if (draft.tasks[task]?.name === 'waiting') endTask(draft, task, { outcome: 'cancelled' });
  else stopTask(draft, task);
}

function startWhatMay(draft: Draft, { maxWorkers, capacity, tokenBudget }: RunLimits): void {
  const tokens = draft.spentTokens;
  if (tokenBudget !== null && tokens >= tokenBudget) skipWaiting(draft, { code: 'budget-spent', tokens });
  const free = Math.min(maxWorkers, capacity) - draft.running;
  if (free <= 0) return;
  if (isOnTrial(draft.limited)) tryAnother(draft);
  else for (const task of draft.ready.slice(0, free)) startTask(draft, task);
}

/** Everybody has refused of late: those that still run show whether that is over, then one of another agent's does. */
function tryAnother(draft: Draft): void {
  if (draft.running > 0) return;
  const { agents } = draft.limited;
  const other = draft.ready.find((task) => !agents.includes(draft.plan.tasks[task]?.agent ?? ''));
  if (other === undefined) skipWaiting(draft, { code: 'rate-limited' });
  else startTask(draft, other);
}
