// When would each task run if all took as long as was estimated, and none failed?
import { advanceRun } from './advance-run.ts';
import type { TaskPlan } from './plan-tasks.ts';
import type { RunEvent, RunLimits } from './run-event.ts';
import { beginRun } from './run-state.ts';

export type Forecast = {
  /** In the unit of the estimates, by the time of their start. */
  readonly slots: readonly Slot[];
  readonly makespan: number;
  /** No order could be shorter: the longest way, or all the work shared out evenly. */
  readonly lowerBound: number;
};

export type Slot = { readonly task: number; readonly start: number; readonly end: number };

export function forecastRun(plan: TaskPlan, maxWorkers: number): Forecast {
  const limits: RunLimits = { maxWorkers, capacity: maxWorkers, tokenBudget: null, onFailure: 'continue' };
  const slots: Slot[] = [];
  let running: readonly Slot[] = [];
  let state = beginRun(plan);
  let event: RunEvent = { type: 'look-again' };
  let now = 0;
  for (;;) {
    const step = advanceRun(state, event, { plan, limits });
    state = step.state;
    const started = step.actions.map(({ task }) => ({
      task,
      start: now,
      end: now + (plan.tasks[task]?.estimate ?? 0),
    }));
    slots.push(...started);
    running = [...running, ...started];
    const next = earliest(running);
    if (next === undefined) return { slots, makespan: now, lowerBound: lowerBoundOf(plan, maxWorkers) };
    running = running.filter((slot) => slot !== next);
    now = next.end;
    event = { type: 'task-ended', task: next.task, end: { outcome: 'done' }, tokens: 0 };
  }
}

function earliest(slots: readonly Slot[]): Slot | undefined {
  let first = slots[0];
  for (const slot of slots) if (first === undefined || slot.end < first.end) first = slot;
  return first;
}

function lowerBoundOf({ tasks, remaining }: TaskPlan, maxWorkers: number): number {
  const work = tasks.reduce((sum, { estimate }) => sum + estimate, 0);
  const longest = remaining.reduce((most, way) => Math.max(most, way), 0);
  return Math.max(longest, work / maxWorkers);
}
