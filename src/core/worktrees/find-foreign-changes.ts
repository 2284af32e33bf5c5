// Which of the files that a merge concerns did somebody else change since the task began? What merges of ours have
// left there is known, so anything else is the user's.
import { isSameEntry, type TreeChange, type TreeEntry } from './tree-change.ts';

export type ForeignQuestion = {
  /** The user's tree, from when the task began until now. */
  readonly meanwhile: readonly TreeChange[];
  readonly touched: readonly TreeChange[];
  /** What the merge would write. */
  readonly writes: readonly TreeChange[];
  /** What our merges have left under a path; `null`: nothing, since they removed it. */
  readonly ours: ReadonlyMap<string, TreeEntry | null>;
};

export function findForeignChanges({ meanwhile, touched, writes, ours }: ForeignQuestion): readonly string[] {
  const concerned = new Set([...touched, ...writes].map(({ path }) => path));
  return meanwhile
    .filter(({ path, after }) => concerned.has(path) && !isOurs(ours, path, after))
    .map(({ path }) => path)
    .sort();
}

function isOurs(ours: ForeignQuestion['ours'], path: string, now: TreeEntry | null): boolean {
  const left = ours.get(path);
  return left !== undefined && isSameEntry(left, now);
}
