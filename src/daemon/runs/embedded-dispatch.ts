/** Tasks of runs, done by this daemon and its pool. */
import type { TaskDispatch } from './task-dispatch.ts';
import type { TaskDoer } from './task-doer.ts';
import type { Worktrees } from './worktrees.ts';

export type EmbeddedParts = {
  readonly worktrees: Pick<Worktrees, 'forRun'>;
  readonly doTask: TaskDoer;
  /** How many the pool can take. */
  readonly capacity: number;
};

export function createEmbeddedDispatch({ worktrees, doTask, capacity }: EmbeddedParts): TaskDispatch {
  return {
    capacity,
    forRun: (run) => {
      const { around } = worktrees.forRun(run);
      return {
        perform: (task, watch) =>
          around(task, (placed, workIn) => doTask(placed, run.request, { ...watch, workIn })),
        written: () => undefined,
        leave: () => undefined,
      };
    },
  };
}
