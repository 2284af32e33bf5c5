/** Tells whoever looks on of runs, task by task. */
import type { LiveRun } from '../../core/live/live-state.ts';
import type { RunEventMessage } from '../../protocol/run.ts';
import { advanceRunTask, describeRun, type RunFacts } from './describe-run.ts';
import type { LiveFeed } from './live-feed.ts';

/** Hears of what happens in one run. */
export type RunWatch = (events: readonly RunEventMessage[]) => void;

export function watchRuns({ note }: Pick<LiveFeed, 'note'>) {
  return (facts: RunFacts, past: readonly RunEventMessage[]): RunWatch => {
    let run: LiveRun = describeRun(facts, past);
    note({ type: 'run', run });
    return (events) => {
      for (const event of events) {
        const before = run.tasks.find(({ id }) => id === event.task);
        if (before === undefined) continue;
        const task = advanceRunTask(before, event);
        run = { ...run, tasks: run.tasks.map((known) => (known === before ? task : known)) };
        note({ type: 'run-task', run: run.id, task });
      }
    };
  };
}
