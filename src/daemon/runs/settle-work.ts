/** What a task has done in its worktree: merged into the user's tree where that is safe, else left on a branch. */

import { applyChanges } from '../../adapters/git/apply-changes.ts';
import { checkMerge } from '../../adapters/git/check-merge.ts';
import { type CommittedWork, commitWork } from '../../adapters/git/commit-work.ts';
import { inspectRepository } from '../../adapters/git/inspect-repository.ts';
import { listChanges } from '../../adapters/git/list-changes.ts';
import type { Worktree } from '../../adapters/git/open-worktree.ts';
import { takeSnapshot } from '../../adapters/git/take-snapshot.ts';
import { createBranch, deleteBranch } from '../../adapters/git/work-branch.ts';
import type { RunEnd } from '../../core/scheduling/run-state.ts';
import { decideMerge, type LeftBecause, mayMerge } from '../../core/worktrees/decide-merge.ts';
import { showBranch } from '../../core/worktrees/name-branch.ts';
import type { TreeEntry } from '../../core/worktrees/tree-change.ts';
import type { WorkReport } from '../../core/worktrees/work-report.ts';

export type SettleParts = {
  readonly stateDir: string;
  /** What our merges have left in this repository, by path. */
  readonly ours: Map<string, TreeEntry | null>;
};

/** Rejects where the work could not be saved: then it is where it was made, and nowhere else. */
export async function settleWork(
  { stateDir, ours }: SettleParts,
  worktree: Worktree,
  outcome: RunEnd['outcome'],
): Promise<WorkReport> {
  const { commit, changes, leftOut } = await commitWork(worktree);
  if (changes.length === 0) return { kind: 'unchanged', leftOut };
  const files = changes.map(({ path }) => path);
  const branch = await createBranch(worktree, commit);
  const because = mayMerge(outcome)
    ? await merge({ stateDir, ours }, worktree, { commit, changes, leftOut }).catch(notApplied)
    : ({ code: 'task-not-done', outcome } as const);
  if (because !== null) return { kind: 'left', branch, because, files, leftOut, command: showBranch(branch) };
  await deleteBranch(worktree, branch, commit).catch(() => undefined);
  return { kind: 'merged', files, leftOut };
}

/** `null`: it is merged. */
async function merge(
  { stateDir, ours }: SettleParts,
  { repository, env, home, base }: Worktree,
  { commit, changes: touched }: CommittedWork,
): Promise<LeftBecause | null> {
  const inspected = await inspectRepository(repository.root, { env, stateDir });
  if (!inspected.ok) return { code: 'not-applied', message: inspected.because };
  const now = await takeSnapshot({
    place: repository,
    env,
    indexFile: `${home}/index`,
    parent: base,
    message: 'omcm: the files as they were when a task ended',
  });
  const check = await checkMerge(repository, env, [now.commit, commit]);
  const tree = check.kind === 'clean' ? check.tree : now.tree;
  const [meanwhile, writes] = await Promise.all([
    listChanges(repository, env, [base, now.commit]),
    listChanges(repository, env, [now.commit, tree]),
  ]);
  const verdict = decideMerge(check, { meanwhile, touched, writes, ours });
  if (verdict.kind === 'leave') return verdict.because;
  const applied = await applyChanges({ repository, env, home, tree: verdict.tree, writes });
  if (applied.kind === 'blocked') return { code: 'changed-meanwhile', files: applied.files };
  for (const { path, after } of writes) ours.set(path, after);
  return null;
}

function notApplied(error: unknown): LeftBecause {
  return { code: 'not-applied', message: error instanceof Error ? error.message : String(error) };
}
