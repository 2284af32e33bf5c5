/** Runs the tasks of a plan by whatever does one of them; the core says what starts. */
import { advanceRun } from '../core/scheduling/advance-run.ts';
import type { TaskPlan } from '../core/scheduling/plan-tasks.ts';
import type { RunEvent, RunLimits } from '../core/scheduling/run-event.ts';
import { beginRun, isOver, type RunEnd, type RunState } from '../core/scheduling/run-state.ts';

export type GraphRun = {
  readonly plan: TaskPlan;
  readonly limits: RunLimits;
  /** Never rejects. */
  readonly run: (task: number, signal: AbortSignal) => Promise<RunEnd>;
  readonly signal: AbortSignal | undefined;
};

export function runGraph({ plan, limits, run, signal }: GraphRun): Promise<RunState> {
  return new Promise((resolve) => {
    const running = new Map<number, AbortController>();
    let state = beginRun(plan);
    const advance = (event: RunEvent) => {
      const step = advanceRun(state, event, { plan, limits });
      state = step.state;
      for (const { type, task } of step.actions) {
        if (type === 'start') start(task);
        else running.get(task)?.abort();
      }
      if (!isOver(state)) return;
      signal?.removeEventListener('abort', onAbort);
      resolve(state);
    };
    const start = (task: number) => {
      const abort = new AbortController();
      running.set(task, abort);
      void run(task, abort.signal).then((end) => {
        running.delete(task);
        advance({ type: 'task-ended', task, end, tokens: 0 });
      });
    };
    const onAbort = () => advance({ type: 'cancel-run' });
    signal?.addEventListener('abort', onAbort, { once: true });
    advance({ type: signal?.aborted ? 'cancel-run' : 'look-again' });
  });
}
