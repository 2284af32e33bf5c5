/**
 * What of the user's folder travels to a worker: what is committed, and on top of that what is changed and new, as one
 * commit. What git ignores stays here, and so does a changed file with a secret in it.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasSecretName, toTravellingRemote } from '../../core/worktrees/may-travel.ts';
import type { TreeChange } from '../../core/worktrees/tree-change.ts';
import type { Repository } from './inspect-repository.ts';
import { listChanges } from './list-changes.ts';
import { askGit, type GitCall, mustGit, runGit } from './run-git.ts';
import { takeSnapshot } from './take-snapshot.ts';

export type PackedCode = {
  /** The same for all clones of it: its first commit. */
  readonly repository: string;
  readonly head: string;
  /** `head`, or a commit on it. */
  readonly base: string;
  readonly prefix: string;
  /** Where its objects are. */
  readonly commonDir: string;
  readonly remote: string | null;
  /** Changed files that stay here. */
  readonly leftOut: readonly string[];
};

export type PackCall = {
  readonly repository: Repository;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly hasSecret: (content: string) => Promise<boolean>;
  /** What was packed before: the same files are the same commit. */
  readonly known: Map<string, string>;
};

/** A longer text is no settings file. */
const LARGEST_SCANNED = 512 * 1024;

export async function packCode(call: PackCall): Promise<PackedCode> {
  const { repository, env, folder } = call;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const home = await mkdtemp(join(folder, 'pack-'));
  try {
    const git = { at: repository, env };
    const head = await askGit({ ...git, args: ['rev-parse', 'HEAD^{commit}'] });
    const indexFile = join(home, 'index');
    const message = 'omcm: the files as they were when a task was sent away';
    const { commit } = await takeSnapshot({ place: repository, env, indexFile, parent: head, message });
    const changes = await listChanges(repository, env, [head, commit]);
    const secret = await findSecret(call, changes);
    const made =
      secret.length === 0 ? commit : await without(secret, { ...git, indexFile }, { head, message });
    const tree = `${head} ${await askGit({ ...git, args: ['rev-parse', `${made}^{tree}`] })}`;
    const base = call.known.get(tree) ?? made;
    call.known.set(tree, base);
    const first = await askGit({ ...git, args: ['rev-list', '--max-parents=0', 'HEAD'] });
    return {
      repository: first.split('\n').at(-1) ?? head,
      head,
      base,
      prefix: repository.prefix,
      commonDir: repository.commonDir,
      remote: await findRemote({ ...git }, head),
      leftOut: secret.map(({ path }) => path),
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function findSecret(
  { repository, env, hasSecret }: PackCall,
  changes: readonly TreeChange[],
): Promise<readonly TreeChange[]> {
  const found: TreeChange[] = [];
  for (const change of changes) {
    if (change.after === null) continue;
    if (hasSecretName(change.path)) {
      found.push(change);
      continue;
    }
    const { stdout } = await mustGit({ args: ['cat-file', 'blob', change.after.id], at: repository, env });
    if (stdout.length > LARGEST_SCANNED || stdout.includes(0)) continue;
    if (await hasSecret(stdout.toString('utf8'))) found.push(change);
  }
  return found;
}

/** The snapshot in which these files are as they are committed. */
async function without(
  changes: readonly TreeChange[],
  git: Omit<GitCall, 'args'>,
  { head, message }: { readonly head: string; readonly message: string },
): Promise<string> {
  const lines = changes.map(({ path, before }) =>
    before === null ? `0 ${'0'.repeat(40)}\t${path}\0` : `${before.mode} ${before.id}\t${path}\0`,
  );
  const input = Buffer.from(lines.join(''), 'utf8').toString('latin1');
  await mustGit({ ...git, args: ['update-index', '-z', '--index-info'], input });
  const tree = await askGit({ ...git, args: ['write-tree'] });
  if (tree === (await askGit({ ...git, args: ['rev-parse', `${head}^{tree}`] }))) return head;
  return askGit({ ...git, args: ['commit-tree', tree, '-p', head, '-m', message] });
}

/** One that has the commit, as far as we know. */
async function findRemote(git: Omit<GitCall, 'args'>, head: string): Promise<string | null> {
  const args = ['for-each-ref', '--count=1', '--format=%(refname)', '--contains', head, 'refs/remotes'];
  const ref = await runGit({ ...git, args });
  const [, name] = /^refs\/remotes\/([^/]+)\//.exec(ref.stdout.toString('utf8')) ?? [];
  if (name === undefined) return null;
  const url = await runGit({ ...git, args: ['remote', 'get-url', '--', name] });
  return url.exitCode === 0 ? toTravellingRemote(url.stdout.toString('utf8').trim()) : null;
}
