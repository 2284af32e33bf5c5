/** What a task has left in its worktree, as one commit on what it began with. */
import { join } from 'node:path';
import type { TreeChange } from '../../core/worktrees/tree-change.ts';
import { showName } from './file-name.ts';
import { listChanges } from './list-changes.ts';
import type { Worktree } from './open-worktree.ts';
import { listByGit } from './run-git.ts';
import { takeSnapshot } from './take-snapshot.ts';

export type CommittedWork = {
  readonly commit: string;
  readonly changes: readonly TreeChange[];
  /** What git ignores, and repositories: they are in no commit. */
  readonly leftOut: readonly string[];
};

const MOST_LEFT_OUT = 20;

export async function commitWork(worktree: Worktree): Promise<CommittedWork> {
  const { base, home, env, task } = worktree;
  const indexFile = join(home, 'index');
  const message = `omcm: ${task.task}`;
  const taken = await takeSnapshot({ place: worktree, env, indexFile, parent: base, message });
  const args = ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'];
  const ignored = await listByGit({ args, at: worktree, env, indexFile });
  const leftOut = [...new Set([...taken.leftOut, ...ignored.map(showName)])].slice(0, MOST_LEFT_OUT);
  return { commit: taken.commit, changes: await listChanges(worktree, env, [base, taken.commit]), leftOut };
}
