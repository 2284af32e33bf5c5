/**
 * Where does a run go on whose daemon was lost, by what was written down of it?
 *
 *   ended ─────────────────────────────────────────────▶ stays so
 *   running ─┬─ told to end ───────────────────────────▶ cancelled
 *            ├─ had its prompt, and may write ─────────▶ interrupted: nobody knows what it has done
 *            ├─ lost for the third time ───────────────▶ interrupted: it may be what ends the daemons
 *            └─ any other ─────────────────────────────▶ waits again
 *
 * The record may be torn anywhere: nothing is believed of it but what each line says.
 */
import { isFailure, noteEnd, skipWaiting } from './note-end.ts';
import type { TaskPlan } from './plan-tasks.ts';
import {
  beginDraft,
  type Draft,
  endTask,
  finishDraft,
  isReady,
  returnTask,
  startTask,
  stopTask,
} from './run-draft.ts';
import type { RunLimits } from './run-event.ts';
import type { RunRecord } from './run-record.ts';
import { beginRun, type InterruptReason, NOT_LIMITED, type RunState } from './run-state.ts';

export const MOST_STARTS = 3;

type Replay = { readonly plan: TaskPlan; readonly limits: Pick<RunLimits, 'onFailure'> };

/** What the record tells of a task besides its state. */
type Past = { readonly starts: number; readonly mayHaveWritten: boolean; readonly ended: boolean };

const NOTHING: Past = { starts: 0, mayHaveWritten: false, ended: false };

export function replayRun(records: readonly RunRecord[], { plan, limits }: Replay): RunState {
  const draft = beginDraft(beginRun(plan), plan);
  const pasts = new Map<number, Past>();
  for (const record of records) {
    const past = pasts.get(record.task) ?? NOTHING;
    if (!past.ended) apply(draft, record, limits);
    pasts.set(record.task, advancePast(past, record));
  }
  settleLost(draft, pasts);
  if (limits.onFailure !== 'continue') stopAfterFailure(draft);
  // What refused then may answer now.
  return { ...finishDraft(draft).state, limited: NOT_LIMITED };
}

function advancePast(past: Past, record: RunRecord): Past {
  if (record.type === 'ended') return { ...past, ended: true };
  if (record.type === 'started') return { ...past, starts: past.starts + 1 };
  return record.type === 'prompted' && record.mayWrite ? { ...past, mayHaveWritten: true } : past;
}

function apply(draft: Draft, record: RunRecord, limits: Replay['limits']): void {
  const { task } = record;
  if (record.type === 'started' && isReady(draft, task)) startTask(draft, task);
  if (record.type === 'stopping') stopTask(draft, task);
  if (record.type !== 'ended' || draft.tasks[task] === undefined) return;
  noteEnd(draft, record, limits);
  // It may have ended by what followed from another one; what is written of it is what was told.
  draft.tasks[task] = { name: 'ended', end: record.end };
}

function settleLost(draft: Draft, pasts: ReadonlyMap<number, Past>): void {
  for (const [task, past] of pasts) {
    const state = draft.tasks[task];
    if (state === undefined || state.name === 'ended') continue;
    const reason = whyNotAgain(past);
    const isStopping = state.name === 'running' && state.stopping;
    if (reason === null || isStopping) returnTask(draft, task);
    else endTask(draft, task, { outcome: 'interrupted', reason });
  }
}

function whyNotAgain({ starts, mayHaveWritten }: Past): InterruptReason | null {
  if (mayHaveWritten) return 'may-have-written';
  return starts >= MOST_STARTS ? 'lost-too-often' : null;
}

/** Nothing starts any more: not even what ran as the other one failed. */
function stopAfterFailure(draft: Draft): void {
  const failed = draft.tasks.findIndex((state) => state.name === 'ended' && isFailure(state.end));
  if (failed >= 0) skipWaiting(draft, { code: 'run-stopped', task: draft.plan.tasks[failed]?.id ?? '' });
}
