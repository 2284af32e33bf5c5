// What was told of a run, as its replay wants it.
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import type { RunRecord } from '../../core/scheduling/run-record.ts';
import type { TaskEnd } from '../../core/scheduling/run-state.ts';
import type { RunEventMessage } from '../../protocol/run.ts';
import type { TaskOutcome } from '../../protocol/task.ts';

export function toRecords({ tasks }: TaskPlan, events: readonly RunEventMessage[]): readonly RunRecord[] {
  const places = new Map(tasks.map(({ id }, place) => [id, place]));
  return events.flatMap((event) => {
    const task = places.get(event.task);
    return task === undefined ? [] : [toRecord(event, task)];
  });
}

function toRecord(event: RunEventMessage, task: number): RunRecord {
  switch (event.type) {
    case 'started':
    case 'stopping':
      return { type: event.type, task };
    case 'prompted':
      return { type: 'prompted', task, mayWrite: event.mayWrite };
    case 'ended':
      return { type: 'ended', task, end: event.end as TaskEnd, tokens: countTokens(event.work) };
  }
}

export function countTokens(work: TaskOutcome | null): number {
  if (work === null) return 0;
  const { input, output, reasoning, cacheRead, cacheWrite } = work.tokens;
  return input + output + reasoning + cacheRead + cacheWrite;
}
