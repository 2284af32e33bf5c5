// What does `git merge-tree --write-tree -z --name-only --no-messages` say of a merge that nobody has made yet?

export type MergeCheck =
  | { readonly kind: 'clean'; readonly tree: string }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  /** Git could not tell: then nothing is merged. */
  | { readonly kind: 'broken' };

const OBJECT_ID = /^[0-9a-f]{40,64}$/;

export function readMergeCheck(exitCode: number | null, output: string): MergeCheck {
  const [tree = '', ...names] = output.split('\0');
  if (!OBJECT_ID.test(tree.trim())) return { kind: 'broken' };
  if (exitCode === 0) return { kind: 'clean', tree: tree.trim() };
  if (exitCode !== 1) return { kind: 'broken' };
  return { kind: 'conflict', files: [...new Set(names.filter((name) => name !== ''))].sort() };
}
