import type { TreeChange, TreeEntry } from '../../core/worktrees/tree-change.ts';
import { readName } from './file-name.ts';
import { type GitPlace, listByGit } from './run-git.ts';

/** What is different between two commits or trees, path by path: a renamed file is one that went and one that came. */
export async function listChanges(
  at: GitPlace,
  env: NodeJS.ProcessEnv,
  [before, after]: readonly [string, string],
): Promise<readonly TreeChange[]> {
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', before, after];
  const fields = await listByGit({ args, at, env });
  const changes: TreeChange[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2)
    changes.push(readChange(fields[i] ?? '', fields[i + 1] ?? ''));
  return changes;
}

/** `:100644 100755 <id> <id> M`, and the path. */
function readChange(facts: string, path: string): TreeChange {
  const [oldMode = '', mode = '', oldId = '', id = ''] = facts.slice(1).split(' ');
  return { path: readName(path), before: readEntry(oldMode, oldId), after: readEntry(mode, id) };
}

function readEntry(mode: string, id: string): TreeEntry | null {
  return /^0+$/.test(mode) ? null : { mode, id };
}
