/** Whoever does one task of a run: through OpenCode, or by Claude Code itself. */
import type { BatchTask } from '../../core/scheduling/batch-task.ts';
import type { RunEnd } from '../../core/scheduling/run-state.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import type { TaskOutcome } from '../../protocol/task.ts';
import type { OnPrompt } from '../delegation/delegate-task.ts';

export type Watch = {
  readonly runId: string;
  readonly signal: AbortSignal;
  readonly onPrompt: OnPrompt;
  /** A copy of the run's folder, where the work is to be done. */
  readonly workIn?: string | undefined;
};

export type DoneTask = { readonly end: RunEnd; readonly text: string; readonly work: TaskOutcome | null };

export type TaskDoer = (task: BatchTask, run: ParsedRunRequest, watch: Watch) => Promise<DoneTask>;
