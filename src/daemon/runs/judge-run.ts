// What came of the tasks of a run, as the autopilot that began it sees them.
import type { TaskVerdict } from '../../core/autopilot/autopilot.ts';
import { limitBehind } from '../../core/autopilot/limit-behind.ts';
import type { RunEventMessage, TaskEndMessage } from '../../protocol/run.ts';
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
  switch (end.outcome) {
    case 'claude': {
      const limit = limitBehind(end.reason);
      return limit === null ? { outcome: 'own', code: null } : { outcome: 'failed', code: limit };
    }
    case 'interrupted':
      return { outcome: 'failed', code: end.reason };
    case 'failed':
      return { outcome: 'failed', code: end.code };
    case 'skipped':
      return { outcome: 'skipped', code: end.because.code };
    case 'done':
    case 'cancelled':
      return { outcome: end.outcome, code: null };
  }
}
