export const WORKTREE_POLICIES = ['auto', 'always', 'never'] as const;

/** `auto`: where two tasks of a run that write may run at once. */
export type WorktreePolicy = (typeof WORKTREE_POLICIES)[number];
