// One task of a run, delegated like any other: its end, and what it said.
import { toFailure } from '../core/delegation/failure.ts';
import type { BatchTask } from '../core/scheduling/batch-task.ts';
import type { RunEnd } from '../core/scheduling/run-state.ts';
import type { ParsedRunRequest } from '../protocol/run.ts';
import { type ParsedTaskRequest, type TaskOutcome, taskRequestSchema } from '../protocol/task.ts';
import type { Delegation, OnPrompt } from './delegate-task.ts';
import type { RunningTask } from './running-task.ts';

export type Delegate = (
  request: ParsedTaskRequest,
  how: { readonly onPrompt: OnPrompt },
) => Promise<Delegation>;

export type Watch = { readonly runId: string; readonly signal: AbortSignal; readonly onPrompt: OnPrompt };

export type DoneTask = { readonly end: RunEnd; readonly text: string; readonly work: TaskOutcome | null };

/** Well under the time after which a task counts as one that nobody waits for. */
const POLL_MS = 5_000;

export async function doTask(
  delegate: Delegate,
  { agent, prompt }: BatchTask,
  run: ParsedRunRequest,
  { runId, signal, onPrompt }: Watch,
): Promise<DoneTask> {
  try {
    const { directory, permissionMode, mode, sessionId, confirmed } = run;
    const request = { agent, prompt, directory, permissionMode, mode, sessionId, runId, confirmed };
    const { decision, task } = await delegate(taskRequestSchema.parse(request), { onPrompt });
    if (!decision.route && decision.block !== undefined)
      return unrun({ outcome: 'failed', code: 'blocked', message: decision.block.message });
    if (!decision.route) return unrun({ outcome: 'claude', reason: decision.reason });
    return await followTask(task, signal);
  } catch (error) {
    return unrun({ outcome: 'failed', ...pick(toFailure(error)) });
  }
}

async function followTask(task: RunningTask, signal: AbortSignal): Promise<DoneTask> {
  const onAbort = () => task.cancel();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    let text = '';
    for (let from = 0; ; ) {
      const { events, next } = await task.read(from, POLL_MS);
      from = next;
      for (const event of events) {
        if (event.type === 'text') text += event.text;
        if (event.type === 'finished') return { end: { outcome: 'done' }, text, work: event.outcome };
        if (event.type === 'failed') {
          const { failure, outcome: work } = event;
          const cancelled = failure.code === 'cancelled' && signal.aborted;
          return {
            end: cancelled ? { outcome: 'cancelled' } : { outcome: 'failed', ...pick(failure) },
            text,
            work,
          };
        }
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function unrun(end: RunEnd): DoneTask {
  return { end, text: '', work: null };
}

function pick({ code, message }: { readonly code: string; readonly message: string }) {
  return { code, message };
}
