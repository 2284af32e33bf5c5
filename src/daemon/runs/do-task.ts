// One task of a run, delegated like any other: its end, and what it said.
import { toFailure } from '../../core/delegation/failure.ts';
import type { BatchTask } from '../../core/scheduling/batch-task.ts';
import type { RunEnd } from '../../core/scheduling/run-state.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import { type ParsedTaskRequest, taskRequestSchema } from '../../protocol/task.ts';
import type { Delegation, DelegationManner } from '../delegation/delegate-task.ts';
import type { RunningTask } from '../delegation/running-task.ts';
import type { DoneTask, TaskDoer, Watch } from './task-doer.ts';

export type Delegate = (request: ParsedTaskRequest, how: DelegationManner) => Promise<Delegation>;

/** Well under the time after which a task counts as one that nobody waits for. */
const POLL_MS = 5_000;

export type Doers = { readonly delegate: Delegate; readonly runOnClaude: TaskDoer };

export async function doTask(
  { delegate, runOnClaude }: Doers,
  given: BatchTask,
  run: ParsedRunRequest,
  watch: Watch,
): Promise<DoneTask> {
  const leaveToClaude = (reason: string): Promise<DoneTask> =>
    leaveOnClaude(runOnClaude, reason)(given, run, watch);
  try {
    const { agent, prompt } = given;
    const { directory, permissionMode, mode, sessionId, confirmed } = run;
    const { runId, onPrompt, workIn } = watch;
    const request = { agent, prompt, directory, permissionMode, mode, sessionId, runId, confirmed };
    const { decision, task } = await delegate(taskRequestSchema.parse(request), { onPrompt, workIn });
    if (!decision.route && decision.block !== undefined) {
      // Neither a rule nor a budget speaks against it: nobody is left that could do it.
      const code = decision.step === 'task' ? 'standstill' : 'blocked';
      return unrun({ outcome: 'failed', code, message: decision.block.message });
    }
    if (!decision.route) return await leaveToClaude(decision.reason);
    const followed = await followTask(task, watch.signal);
    const { unbegun } = followed;
    return unbegun !== null && mayClaudeDoIt(unbegun)
      ? await leaveToClaude(`failed-${unbegun}`)
      : followed.done;
  } catch (error) {
    return unrun({ outcome: 'failed', ...pick(toFailure(error)) });
  }
}

/** A conductor does it itself. */
export function leaveOnClaude(runOnClaude: TaskDoer, reason: string): TaskDoer {
  return async (given, run, watch) =>
    run.client === 'conductor' ? unrun({ outcome: 'claude', reason }) : runOnClaude(given, run, watch);
}

/** Ended by somebody's will, or by what would be the same on Claude. */
const NOT_FOR_CLAUDE: ReadonlySet<string> = new Set([
  'cancelled',
  'stopped',
  'over-budget',
  'deadline-exceeded',
  'draining',
  'directory-missing',
  'internal',
]);

/** As for any subagent: what nobody else could even begin is Claude's. */
export function mayClaudeDoIt(code: string): boolean {
  return !NOT_FOR_CLAUDE.has(code);
}

/** `unbegun`: why it failed before it had begun. */
type Followed = { readonly done: DoneTask; readonly unbegun: string | null };

async function followTask(task: RunningTask, signal: AbortSignal): Promise<Followed> {
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
        if (event.type === 'finished')
          return { done: { end: { outcome: 'done' }, text, work: event.outcome }, unbegun: null };
        if (event.type === 'failed') {
          const { failure, outcome: work, begun } = event;
          const cancelled = failure.code === 'cancelled' && signal.aborted;
          const end: RunEnd = cancelled ? { outcome: 'cancelled' } : { outcome: 'failed', ...pick(failure) };
          return { done: { end, text, work }, unbegun: begun ? null : failure.code };
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
