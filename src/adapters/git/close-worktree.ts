/** Takes a worktree of ours away, with git's notes on it. Of other worktrees nothing is touched. */
import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Repository } from './inspect-repository.ts';
import { runGit } from './run-git.ts';

export async function removeWorktree(
  repository: Repository,
  home: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const root = join(home, basename(home));
  const args = ['worktree', 'remove', '--force', '--force', root];
  // Where git cannot, as when the task has broken something there, its notes are found and removed by hand.
  await runGit({ args, at: repository, env }).catch(() => undefined);
  const left = await findAdminDir(repository.commonDir, root);
  if (left !== null) await rm(left, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Where git keeps its notes on the worktree at this path; `null` where it has none. */
export async function findAdminDir(commonDir: string, root: string): Promise<string | null> {
  const folder = join(commonDir, 'worktrees');
  const wanted = new Set([root, await realpath(root).catch(() => root)].map((path) => join(path, '.git')));
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name, 'gitdir');
    const told = await readFile(file, 'utf8').catch(() => '');
    if (wanted.has(told.replace(/\r?\n$/, ''))) return join(folder, name);
  }
  return null;
}
