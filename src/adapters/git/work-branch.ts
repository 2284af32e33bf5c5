/** The branch of the user's repository that holds a task's work until it is merged, or for good where it is not. */
import { nameBranch } from '../../core/worktrees/name-branch.ts';
import type { Worktree } from './open-worktree.ts';
import { askGit, mustGit } from './run-git.ts';
import { writeMark } from './worktree-mark.ts';

const OWN = ['refs/heads/omcm', 'refs/heads/omcm-work'];

/** Never moves a branch that is there. Rejects with a `GitProblem`. */
export async function createBranch(worktree: Worktree, commit: string): Promise<string> {
  const { repository, env, task, base, home } = worktree;
  const listed = await askGit({
    args: ['for-each-ref', '--format=%(refname)', ...OWN],
    at: repository,
    env,
  });
  const taken = new Set(listed.split('\n').map((ref) => ref.replace(/^refs\/heads\//, '')));
  const branch = nameBranch({ ...task, taken });
  // The empty value before: only where there is none.
  await mustGit({ args: ['update-ref', `refs/heads/${branch}`, commit, ''], at: repository, env });
  await writeMark(home, { repository, base, task, branch });
  return branch;
}

/** Only while it still holds this commit. */
export async function deleteBranch(
  { repository, env }: Pick<Worktree, 'repository' | 'env'>,
  branch: string,
  commit: string,
): Promise<void> {
  await mustGit({ args: ['update-ref', '-d', `refs/heads/${branch}`, commit], at: repository, env });
}
