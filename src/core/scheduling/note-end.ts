// What follows for the others from how one task has ended?
import { advanceLimited } from './limited.ts';
import { type Draft, endTask, stopTask } from './run-draft.ts';
import type { RunLimits } from './run-event.ts';
import type { SkipReason, TaskEnd } from './run-state.ts';

export type Ended = { readonly task: number; readonly end: TaskEnd; readonly tokens: number };

export function noteEnd(
  draft: Draft,
  { task, end, tokens }: Ended,
  { onFailure }: Pick<RunLimits, 'onFailure'>,
): void {
  draft.spentTokens += tokens;
  draft.limited = advanceLimited(draft.limited, draft.plan.tasks[task]?.agent ?? '', end);
  endTask(draft, task, end);
  if (!isFailure(end) || onFailure === 'continue') return;
  skipWaiting(draft, { code: 'run-stopped', task: draft.plan.tasks[task]?.id ?? '' });
  if (onFailure === 'cancel') for (const other of draft.tasks.keys()) stopTask(draft, other);
}

export function skipWaiting(draft: Draft, because: SkipReason): void {
  for (const task of lastFirst(draft))
    if (draft.tasks[task]?.name === 'waiting') endTask(draft, task, { outcome: 'skipped', because });
}

/** So that each gets the reason itself, and not that what it needs got it. */
export function lastFirst({ plan }: Draft): readonly number[] {
  return [...plan.order].reverse();
}

export function isFailure({ outcome }: TaskEnd): boolean {
  return outcome === 'failed' || outcome === 'interrupted';
}
