/** The commits of a bundle, into a repository. No branch is made or moved, and what is no sound object is refused. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitPlace, mustGit } from './run-git.ts';

export type TakeBundleCall = {
  readonly at: GitPlace;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly branch: string;
  readonly content: Buffer;
};

const UNPACK_MS = 300_000;

/** Rejects with a `GitProblem`. */
export async function takeBundle({ at, env, folder, branch, content }: TakeBundleCall): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const home = await mkdtemp(join(folder, 'bundle-'));
  try {
    const file = join(home, 'bundle');
    await writeFile(file, content, { mode: 0o600 });
    const fetch = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', file, `refs/heads/${branch}`];
    const args = ['-c', 'fetch.fsckObjects=true', '-c', 'protocol.file.allow=always', ...fetch];
    await mustGit({ args, at, env, timeoutMs: UNPACK_MS });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
