/**
 * Writes a merge into the user's tree: all of it, or nothing. A file that is not what the merge was made from is never
 * written over: it is compared with the snapshot, and looked at again in the moment before it is replaced. The user's
 * index is not touched.
 */
import { chmod, mkdir, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TreeChange } from '../../core/worktrees/tree-change.ts';
import { areSame, type FileFacts, hasPlainWay, readFacts } from './file-facts.ts';
import { readName } from './file-name.ts';
import type { Repository } from './inspect-repository.ts';
import { copy, putNew, putOver } from './put-file.ts';
import { listByGit, mustGit, runGit } from './run-git.ts';

export type ApplyCall = {
  readonly repository: Repository;
  readonly env: NodeJS.ProcessEnv;
  /** A folder of ours, with `index`: the snapshot that the merge was made from. */
  readonly home: string;
  readonly tree: string;
  /** What is different between the snapshot and the tree. */
  readonly writes: readonly TreeChange[];
};

export type Applied =
  | { readonly kind: 'applied' }
  /** These are not what the merge was made from; nothing was written. */
  | { readonly kind: 'blocked'; readonly files: readonly string[] };

type Write = TreeChange & {
  readonly target: string;
  /** Its new file, among ours. */
  readonly staged: string;
  /** A copy of the file before, for taking the change back. */
  readonly kept: string;
  readonly facts: FileFacts | null;
};

class Moved extends Error {}

export async function applyChanges(call: ApplyCall): Promise<Applied> {
  const { repository, home } = call;
  const [stagedDir, keptDir] = [join(home, 'staged'), join(home, 'kept')];
  for (const folder of [stagedDir, keptDir]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
  }
  await stageFiles(call, stagedDir);
  const writes = await Promise.all(
    call.writes.map(async (change, at): Promise<Write> => {
      const target = join(repository.root, change.path);
      const staged = join(stagedDir, change.path);
      return { ...change, target, staged, kept: join(keptDir, String(at)), facts: await readFacts(target) };
    }),
  );
  const blocked = await findBlocked(call, writes);
  if (blocked.length > 0) return { kind: 'blocked', files: blocked };
  return writeAll(writes, repository.root);
}

/** With the line ends, the modes and the links that the user's tree has. */
async function stageFiles({ repository, env, home, tree, writes }: ApplyCall, folder: string): Promise<void> {
  const paths = writes.filter(({ after }) => after !== null).map(({ path }) => `${path}\0`);
  if (paths.length === 0) return;
  const git = { at: repository, env, indexFile: join(home, 'merged-index') };
  await rm(git.indexFile, { force: true });
  await mustGit({ ...git, args: ['read-tree', tree] });
  const input = Buffer.from(paths.join(''), 'utf8').toString('latin1');
  await mustGit({ ...git, args: ['checkout-index', '-z', '--stdin', `--prefix=${folder}/`], input });
}

async function findBlocked(
  { repository, env, home }: ApplyCall,
  writes: readonly Write[],
): Promise<readonly string[]> {
  const git = { at: repository, env, indexFile: join(home, 'index') };
  // Its exit only says whether something has changed.
  await runGit({ ...git, args: ['update-index', '-q', '--refresh'] });
  const names = await listByGit({ ...git, args: ['diff-files', '--name-only', '-z'] });
  const changed = new Set(names.map(readName));
  const going = new Set(writes.filter(({ after }) => after === null).map(({ path }) => path));
  const ways = await Promise.all(writes.map(({ path }) => hasPlainWay(repository.root, path, going)));
  return writes
    .filter(({ path, before, facts }, at) => {
      const isThere = facts !== null;
      return changed.has(path) || isThere !== (before !== null) || ways[at] === false;
    })
    .map(({ path }) => path);
}

async function writeAll(writes: readonly Write[], root: string): Promise<Applied> {
  for (const write of writes) if (write.facts !== null) await copy(write.target, write.kept);
  const done: { readonly write: Write; readonly left: FileFacts | null }[] = [];
  // What goes makes room for what comes: a folder may take the place of a file.
  const inOrder = [...writes].sort((a, b) => Number(a.after !== null) - Number(b.after !== null));
  try {
    for (const write of inOrder) {
      await writeOne(write, root);
      done.push({ write, left: await readFacts(write.target) });
    }
    return { kind: 'applied' };
  } catch (error) {
    for (const { write, left } of done.reverse()) await takeBack(write, left, root);
    const file = inOrder[done.length]?.path;
    if (error instanceof Moved && file !== undefined) return { kind: 'blocked', files: [file] };
    throw error;
  }
}

async function writeOne({ target, staged, facts, before, after }: Write, root: string): Promise<void> {
  if (after !== null && facts !== null && before?.mode === after.mode && after.mode !== LINK)
    await chmod(staged, Number(facts.mode & 0o7777n));
  await mkdir(dirname(target), { recursive: true });
  if (!areSame(await readFacts(target), facts)) throw new Moved(target);
  if (after === null) {
    await unlink(target);
    await removeEmptyFolders(dirname(target), root);
  } else if (facts === null) await putNew(staged, target).catch(asMoved);
  else await putOver(staged, target);
}

const LINK = '120000';

function asMoved(error: NodeJS.ErrnoException): never {
  throw error.code === 'EEXIST' ? new Moved() : error;
}

/** What somebody has changed since is theirs. */
async function takeBack({ target, kept, facts }: Write, left: FileFacts | null, root: string): Promise<void> {
  if (!areSame(await readFacts(target), left)) return;
  if (facts === null) {
    await unlink(target);
    await removeEmptyFolders(dirname(target), root);
    return;
  }
  await mkdir(dirname(target), { recursive: true });
  if (left === null) await putNew(kept, target);
  else await putOver(kept, target);
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  if (folder === root || !folder.startsWith(root)) return;
  try {
    await rmdir(folder);
  } catch {
    return;
  }
  await removeEmptyFolders(dirname(folder), root);
}
