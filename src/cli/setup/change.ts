import type { RecordKeeper } from './setup-record.ts';

export type ChangeId = 'config' | 'plugin' | 'status-line' | 'completions';

/** One thing that setup would do: first told, then done. */
export type Change = {
  readonly id: ChangeId;
  /** The file that changes, or the program that is run. */
  readonly target: string;
  /** What becomes of it, a line each. */
  readonly lines: readonly string[];
  readonly apply: (keeper: RecordKeeper) => Promise<void>;
};
