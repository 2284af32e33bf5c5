/** Clears away the worktrees that a killed daemon has left. What a task had done there is saved on its branch first. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findAdminDir, removeWorktree } from './close-worktree.ts';
import { commitWork } from './commit-work.ts';
import { treeIn } from './open-worktree.ts';
import { createBranch } from './work-branch.ts';
import { readMark, type WorktreeMark, type WorktreeTask } from './worktree-mark.ts';

export type Swept = WorktreeTask & {
  readonly root: string;
  /** Where its work is; `null`: it had done nothing, or its repository is gone. */
  readonly saved: SavedWork | null;
};

export type SavedWork = { readonly branch: string; readonly files: readonly string[] };

/** One that cannot be saved stays for the next time, and is told to `onProblem`. */
export async function sweepWorktrees(
  folder: string,
  env: NodeJS.ProcessEnv,
  onProblem: (message: string) => void,
): Promise<readonly Swept[]> {
  const swept: Swept[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const home = join(folder, name);
    const mark = await readMark(home);
    try {
      if (mark === null) await removeUnmade(home);
      else swept.push(await sweep(home, mark, env));
    } catch (error) {
      onProblem(`${home}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return swept;
}

async function sweep(home: string, mark: WorktreeMark, env: NodeJS.ProcessEnv): Promise<Swept> {
  const { repository, task } = mark;
  const saved = await save(home, mark, env);
  await removeWorktree(repository, home, env);
  return { ...task, root: repository.root, saved };
}

async function save(home: string, mark: WorktreeMark, env: NodeJS.ProcessEnv): Promise<SavedWork | null> {
  const { repository } = mark;
  const root = treeIn(home);
  const gitDir = await findAdminDir(repository.commonDir, root);
  // Not made yet, or its repository is gone.
  if (gitDir === null || !(await exists(root))) return null;
  const worktree = { ...mark, root, gitDir, directory: join(root, repository.prefix), home, env };
  const { commit, changes } = await commitWork(worktree);
  if (changes.length === 0) return null;
  // It may have been saved by the daemon itself, in its last moment.
  const branch = mark.branch ?? (await createBranch(worktree, commit));
  return { branch, files: changes.map(({ path }) => path) };
}

/** The daemon was killed before it wrote down what this was to be: then nothing has worked there. */
async function removeUnmade(home: string): Promise<void> {
  if (!(await exists(treeIn(home)))) await rm(home, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
