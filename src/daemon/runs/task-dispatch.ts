/**
 * The port between the run engine and whoever does its tasks: the core says which task may start, a dispatch has it
 * done. In this process (`embedded-dispatch.ts`), or through a queue by workers on any machine (`queue-dispatch.ts`).
 */
import type { GivenRun, PlacedTask } from './run-worktrees.ts';
import type { Watch } from './task-doer.ts';

export type TaskDispatch = {
  /** How many tasks it takes at once; more would only wait in another place. */
  readonly capacity: number;
  forRun(run: GivenRun): RunDispatch;
};

export type RunDispatch = {
  /**
   * Has a ready task done, where it belongs. Never rejects. A task that was at work for an earlier daemon, and goes on
   * without it, is not begun a second time.
   */
  perform(task: number, watch: Watch): Promise<PlacedTask>;
  /** Its end is in the run's record: nobody asks for it again. */
  written(task: number): void;
  /** The daemon is about to go: what goes on without it fails here with `draining`, and is asked for by the next one. */
  leave(): void;
};
