/**
 * The files of a worktree as they are now, as a commit: what is committed, staged, changed and new. What git ignores is
 * left out, and so are repositories in it. An index of our own is used: the user's is only read.
 */
import { copyFile, lstat, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { showName } from './file-name.ts';
import { GitProblem } from './git-problem.ts';
import { askGit, type GitCall, type GitPlace, listByGit, mustGit } from './run-git.ts';

export type SnapshotCall = {
  readonly place: GitPlace;
  readonly env: NodeJS.ProcessEnv;
  /** Overwritten; afterwards it holds the snapshot. */
  readonly indexFile: string;
  readonly parent: string;
  readonly message: string;
};

export type Snapshot = {
  readonly commit: string;
  readonly tree: string;
  /** Repositories among the files. */
  readonly leftOut: readonly string[];
};

/** New files larger than this together are no source: to write them into the repository would only fill it. */
const MAX_UNTRACKED_BYTES = 200 * 1024 * 1024;

export async function takeSnapshot(call: SnapshotCall): Promise<Snapshot> {
  const { place, env, indexFile, parent, message } = call;
  const git: Omit<GitCall, 'args'> = { at: place, env, indexFile };
  await copyIndex(call);
  await followEveryFile(git);
  await mustGit({ ...git, args: ['add', '--update', '--', '.'] });
  const found = await listByGit({ ...git, args: ['ls-files', '--others', '--exclude-standard', '-z'] });
  const files = found.filter((name) => !name.endsWith('/'));
  await refuseTooMuch(place.root, files);
  if (files.length > 0)
    await mustGit({
      ...git,
      args: ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'],
      input: files.map((name) => `${name}\0`).join(''),
    });
  const tree = await askGit({ ...git, args: ['write-tree'] });
  const leftOut = found.filter((name) => name.endsWith('/')).map(showName);
  if (tree === (await askGit({ ...git, args: ['rev-parse', `${parent}^{tree}`] })))
    return { commit: parent, tree, leftOut };
  const commit = await askGit({ ...git, args: ['commit-tree', tree, '-p', parent, '-m', message] });
  return { commit, tree, leftOut };
}

/**
 * With what git knows of the files' times, so that it reads only those that have changed. A file that changed in the
 * second in which the index was written is told by the index's own time: so the copy gets that, and no later one.
 */
async function copyIndex({ place, env, indexFile, parent }: SnapshotCall): Promise<void> {
  const own = join(place.gitDir, 'index');
  try {
    const { mtimeMs } = await stat(own);
    await copyFile(own, indexFile);
    const second = Math.floor(mtimeMs / 1_000);
    await utimes(indexFile, second, second);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mustGit({ args: ['read-tree', parent], at: place, env, indexFile });
  }
}

/** The user may have told git to look away from changes of a file; for us it is a file like any other. */
async function followEveryFile(git: Omit<GitCall, 'args'>): Promise<void> {
  const flagged = (await listByGit({ ...git, args: ['ls-files', '-v', '-z'] })).filter((entry) =>
    /^[a-zS] /.test(entry),
  );
  if (flagged.length === 0) return;
  const input = flagged.map((entry) => `${entry.slice(2)}\0`).join('');
  for (const flag of ['--no-assume-unchanged', '--no-skip-worktree'])
    await mustGit({ ...git, args: ['update-index', flag, '-z', '--stdin'], input });
}

async function refuseTooMuch(root: string, files: readonly string[]): Promise<void> {
  let bytes = 0;
  for (const name of files) {
    const path = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
    bytes += await lstat(path).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes > MAX_UNTRACKED_BYTES)
      throw new GitProblem('too-much-untracked', 'New files that git does not ignore take more than 200 MB.');
  }
}
