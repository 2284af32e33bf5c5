/** Adds up what a task uses while it runs, and ends it where that is more than its budget. */
import type { Budgets } from '../../core/budget/budgets.ts';
import type { RunningUse } from '../../core/budget/use.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import type { EngineEvent } from '../../core/delegation/engine.ts';
import { failure } from '../../core/delegation/failure.ts';
import type { Spending } from '../budget/spending.ts';
import type { RunningTask } from './running-task.ts';

export type MeterOptions = {
  readonly task: Pick<RunningTask, 'id' | 'cancel'>;
  readonly who: Pick<RunningUse, 'agent' | 'sessionId' | 'runId'>;
  readonly limit: number | null;
  readonly budgets: Budgets;
  readonly spending: Pick<Spending, 'progress'>;
};

export function createTaskMeter({
  task,
  who,
  limit,
  budgets,
  spending,
}: MeterOptions): (event: EngineEvent) => void {
  let tokens = 0;
  const tell = () => spending.progress({ ...who, task: task.id, tokens }, budgets);
  tell();
  return (event) => {
    if (event.type !== 'spent') return;
    tokens += countTokens(event.tokens);
    tell();
    // What is done is paid for: to throw it away would save nothing.
    if (limit === null || tokens <= limit || event.isLast) return;
    task.cancel(failure('over-budget', { detail: `${tokens} tokens so far, of ${limit}` }));
  };
}
