// May these tasks all run at once? The seed's question, for whoever wants a yes or no; a plan does not ask it.
import type { BatchTask } from './batch-task.ts';
import { findOverlaps } from './find-conflicts.ts';

export type ParallelVerdict = {
  readonly canParallel: boolean;
  readonly reason: 'independent' | 'too-few-tasks' | 'dependencies' | 'file-conflicts';
  readonly conflicts: readonly FileConflict[];
};

export type FileConflict = {
  readonly file: string;
  /** Their places in the list. */
  readonly tasks: readonly number[];
};

/**
 * Whether tasks may all run at once: two or more, none needs another, no file is touched by two of them. Files may be
 * paths, folders and globs below the project.
 *
 * @example
 * canRunInParallel([{ files: ['src/auth.js', 'src/db.js'] }, { files: ['src/auth.js'] }])
 * // { canParallel: false, reason: 'file-conflicts', conflicts: [{ file: 'src/auth.js', tasks: [0, 1] }] }
 */
export function canRunInParallel(tasks: readonly Partial<BatchTask>[]): ParallelVerdict {
  const conflicts = listConflicts(tasks);
  const reason = findReason(tasks, conflicts);
  return { canParallel: reason === 'independent', reason, conflicts };
}

function findReason(
  tasks: readonly Partial<BatchTask>[],
  conflicts: readonly FileConflict[],
): ParallelVerdict['reason'] {
  if (tasks.length < 2) return 'too-few-tasks';
  const ids = new Set(tasks.map(({ id }) => id));
  if (tasks.some(({ dependsOn = [] }) => dependsOn.some((id) => ids.has(id)))) return 'dependencies';
  return conflicts.length > 0 ? 'file-conflicts' : 'independent';
}

function listConflicts(tasks: readonly Partial<BatchTask>[]): readonly FileConflict[] {
  const found = findOverlaps(tasks.map(({ files = [] }) => files)).map(({ one, other }) => ({
    file: other.file,
    tasks: [...new Set([...one.tasks, ...other.tasks])].sort((a, b) => a - b),
  }));
  // One task's own folder and the file in it are no conflict.
  return found.filter(({ tasks: touching }) => touching.length > 1);
}
