// What came of one task. Printed as it is with `--json`, so its shape is stable.
import type { TaskEvent, TaskOutcome, TaskStarted } from '../../protocol/task.ts';

type Failed = Extract<TaskEvent, { type: 'failed' }>;

export type TaskResult = {
  readonly taskId: string | null;
  readonly decision: TaskStarted['decision'] | null;
  readonly text: string;
  readonly outcome: TaskOutcome | null;
  readonly failure: Failed['failure'] | null;
};

export const NO_RESULT: TaskResult = { taskId: null, decision: null, text: '', outcome: null, failure: null };

export function advanceResult(result: TaskResult, event: TaskEvent): TaskResult {
  switch (event.type) {
    case 'text':
      return { ...result, text: result.text + event.text };
    case 'activity':
      return result;
    case 'finished':
      return { ...result, outcome: event.outcome };
    case 'failed':
      return { ...result, outcome: event.outcome, failure: event.failure };
  }
}

/** A task that stays on Claude has ended before it began. */
export function hasEnded({ decision, outcome }: TaskResult): boolean {
  return outcome !== null || decision?.route === false;
}

export function withFailure(result: TaskResult, code: string, message: string): TaskResult {
  return { ...result, failure: { code, message } };
}
