// What became of what a task of a run has changed.
import type { LeftBecause } from './decide-merge.ts';

export type WorkReport =
  /** It is in the user's tree, uncommitted, as if the task had worked there. */
  | ({ readonly kind: 'merged'; readonly files: readonly string[] } & LeftOut)
  | ({ readonly kind: 'unchanged' } & LeftOut)
  | ({
      readonly kind: 'left';
      readonly branch: string;
      readonly because: LeftBecause;
      readonly files: readonly string[];
      /** How to look at it. */
      readonly command: string;
    } & LeftOut)
  /** It worked in the user's tree, since it could not get one of its own. */
  | { readonly kind: 'in-place'; readonly because: NoWorktree }
  /** It could not even be saved on a branch: it lies where it was made. */
  | { readonly kind: 'kept'; readonly directory: string; readonly message: string };

/** Files that git ignores go with the worktree. */
type LeftOut = { readonly leftOut: readonly string[] };

export type NoWorktree =
  | 'git-missing'
  | 'git-too-old'
  | 'not-a-repository'
  | 'bare-repository'
  | 'unborn-head'
  | 'operation-in-progress'
  | 'unmerged-files'
  | 'submodules'
  | 'sparse-checkout'
  | 'ignored-folder'
  | 'state-folder-inside'
  | 'too-much-untracked'
  | 'worktree-failed';
