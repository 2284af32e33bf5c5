// What came of the tasks of a run, as the autopilot that began it sees them.
import type { TaskVerdict } from '../core/autopilot/autopilot.ts';
import type { RunEventMessage, TaskEndMessage } from '../protocol/run.ts';
import { countTokens } from './run-records.ts';

export type JudgedRun = { readonly tasks: readonly TaskVerdict[]; readonly tokens: number };

export function judgeRun(events: readonly RunEventMessage[]): JudgedRun {
  const ended = events.filter((event) => event.type === 'ended');
  return {
    tasks: ended.map(({ task, end }) => ({ id: task, ...judgeEnd(end) })),
    tokens: ended.reduce((sum, { work }) => sum + countTokens(work), 0),
  };
}

/** Nobody knows any more what became of it. */
export function judgeLostRun(tasks: readonly string[]): JudgedRun {
  return { tasks: tasks.map((id) => ({ id, outcome: 'failed', code: 'run-lost' })), tokens: 0 };
}

function judgeEnd(end: TaskEndMessage): Omit<TaskVerdict, 'id'> {
  if (end.outcome === 'claude') return { outcome: 'own', code: null };
  if (end.outcome === 'interrupted') return { outcome: 'failed', code: end.reason };
  return { outcome: end.outcome, code: end.outcome === 'failed' ? end.code : null };
}
