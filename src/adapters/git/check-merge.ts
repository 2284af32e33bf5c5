import { type MergeCheck, readMergeCheck } from '../../core/worktrees/read-merge-check.ts';
import { type GitPlace, runGit } from './run-git.ts';

/** What a merge of the two commits would give. Nothing is merged: git only writes the tree that would come of it. */
export async function checkMerge(
  at: GitPlace,
  env: NodeJS.ProcessEnv,
  [ours, theirs]: readonly [string, string],
): Promise<MergeCheck> {
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs];
  const { exitCode, stdout } = await runGit({ args, at, env });
  return readMergeCheck(exitCode, stdout.toString('utf8'));
}
