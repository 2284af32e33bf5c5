/**
 * A repository of others, kept on this machine for the tasks that come from it: bare, with whatever commits were needed
 * so far, and no branch.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCommit } from './has-commit.ts';
import type { Repository } from './inspect-repository.ts';
import { mustGit, runGit } from './run-git.ts';

/** `name`: a word that is the same for all clones of it. */
export async function openClone(
  folder: string,
  { name, prefix, env }: { readonly name: string; readonly prefix: string; readonly env: NodeJS.ProcessEnv },
): Promise<Repository> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const gitDir = join(folder, `${name}.git`);
  await mustGit({ args: ['init', '--bare', '--quiet', gitDir], at: folder, env });
  return { gitDir, root: gitDir, commonDir: gitDir, prefix };
}

const FETCH_MS = 300_000;

/** Nothing is asked on a terminal, and an address runs no program of its own. */
const SAFE = [
  ['core.sshCommand', 'ssh -o BatchMode=yes'],
  ['protocol.allow', 'never'],
  ['protocol.https.allow', 'always'],
  ['protocol.ssh.allow', 'always'],
  ['protocol.git.allow', 'always'],
  ['fetch.fsckObjects', 'true'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** `false`: the remote cannot be reached, or does not have it. */
export async function fetchCommit(
  clone: Repository,
  remote: string,
  { commit, env }: { readonly commit: string; readonly env: NodeJS.ProcessEnv },
): Promise<boolean> {
  const fetch = [...SAFE, 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head'];
  // Not every server gives a commit by its name alone.
  for (const what of [[commit], ['+refs/heads/*:refs/remotes/origin/*']]) {
    await runGit({ args: [...fetch, '--', remote, ...what], at: clone, env, timeoutMs: FETCH_MS });
    if (await hasCommit(clone, commit, env)) return true;
  }
  return false;
}
