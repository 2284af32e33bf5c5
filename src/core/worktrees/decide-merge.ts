// What becomes of the work that a task has left in its worktree?
import type { RunEnd } from '../scheduling/run-state.ts';
import { type ForeignQuestion, findForeignChanges } from './find-foreign-changes.ts';
import type { MergeCheck } from './read-merge-check.ts';

/** Why work stays on its branch. */
export type LeftBecause =
  | { readonly code: 'task-not-done'; readonly outcome: RunEnd['outcome'] }
  /** Nobody knows whether the task was at its end. */
  | { readonly code: 'daemon-lost' }
  /** With what is in the user's tree now. */
  | { readonly code: 'conflict'; readonly files: readonly string[] }
  | { readonly code: 'changed-meanwhile'; readonly files: readonly string[] }
  | { readonly code: 'not-applied'; readonly message: string };

export type MergeVerdict =
  | { readonly kind: 'merge'; readonly tree: string }
  | { readonly kind: 'leave'; readonly because: LeftBecause };

/** Only what was done is merged: half of something is for the user to look at. */
export function mayMerge(outcome: RunEnd['outcome']): boolean {
  return outcome === 'done';
}

export function decideMerge(check: MergeCheck, changes: ForeignQuestion): MergeVerdict {
  if (check.kind === 'broken') return leave({ code: 'not-applied', message: 'git could not merge it' });
  if (check.kind === 'conflict') return leave({ code: 'conflict', files: check.files });
  const files = findForeignChanges(changes);
  if (files.length > 0) return leave({ code: 'changed-meanwhile', files });
  return { kind: 'merge', tree: check.tree };
}

function leave(because: LeftBecause): MergeVerdict {
  return { kind: 'leave', because };
}
