/** A worktree for one task, outside the user's tree, with the files as the user has them now. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nameRun } from '../../core/worktrees/name-branch.ts';
import { findAdminDir, removeWorktree } from './close-worktree.ts';
import { GitProblem } from './git-problem.ts';
import type { Repository } from './inspect-repository.ts';
import { askGit, type GitPlace, mustGit } from './run-git.ts';
import { takeSnapshot } from './take-snapshot.ts';
import { type WorktreeTask, writeMark } from './worktree-mark.ts';

export type Worktree = GitPlace & {
  readonly repository: Repository;
  readonly task: WorktreeTask;
  /** The commit that the task's view begins with. */
  readonly base: string;
  /** Where the task works: what the user's folder is in the user's tree. */
  readonly directory: string;
  /** The folder of ours around it. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
};

export type WorktreeCall = {
  readonly repository: Repository;
  readonly task: WorktreeTask;
  /** The folder of all worktrees of ours. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
};

const CHECKOUT_MS = 120_000;

/** Rejects with a `GitProblem`, and leaves nothing behind. */
export function openWorktree(call: WorktreeCall): Promise<Worktree> {
  const { repository, env } = call;
  return addWorktree(call, async (home) => {
    const head = await askGit({ args: ['rev-parse', 'HEAD^{commit}'], at: repository, env });
    const { commit } = await takeSnapshot({
      place: repository,
      env,
      indexFile: join(home, 'index'),
      parent: head,
      message: 'omcm: the files as they were when a task began',
    });
    return { base: commit, commit };
  });
}

/** With the files of a commit that was made elsewhere, from `base`. */
export function openWorktreeAt(call: WorktreeCall, at: Begin): Promise<Worktree> {
  return addWorktree(call, async () => at);
}

type Begin = { readonly base: string; readonly commit: string };

async function addWorktree(
  { repository, task, folder, env }: WorktreeCall,
  begin: (home: string) => Promise<Begin>,
): Promise<Worktree> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const home = await mkdtemp(join(folder, `omcm-${nameRun(task.run)}-${task.place}-`));
  const root = treeIn(home);
  try {
    const { base, commit } = await begin(home);
    await writeMark(home, { repository, base, task, branch: null });
    const args = ['worktree', 'add', '--detach', '--quiet', root, commit];
    await mustGit({ args, at: repository, env, timeoutMs: CHECKOUT_MS });
    const gitDir = await findAdminDir(repository.commonDir, root);
    if (gitDir === null) throw new GitProblem('git-failed', 'git made no worktree');
    const directory = join(root, repository.prefix);
    await mkdir(directory, { recursive: true });
    return { repository, task, base, root, gitDir, directory, home, env };
  } catch (error) {
    await removeWorktree(repository, home, env).catch(() => rm(home, { recursive: true, force: true }));
    throw error;
  }
}

/** Git names its own notes on a worktree after the last part of the path: there it shows whose it is. */
export function treeIn(home: string): string {
  return join(home, basename(home));
}
