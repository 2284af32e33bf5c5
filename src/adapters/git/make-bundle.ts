/**
 * Commits as one file that can travel. A bundle needs a branch: it is made in an empty repository of ours that borrows
 * the objects, so that the user's has none more, not even for a moment.
 */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitProblem } from './git-problem.ts';
import { mustGit } from './run-git.ts';

export type BundleCall = {
  readonly commonDir: string;
  /** Where files of ours may lie for a moment. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly branch: string;
  readonly commit: string;
  /** Whoever gets it has this one, and what is before it; `null`: nothing. */
  readonly without: string | null;
  readonly maxBytes: number;
};

const PACK_MS = 300_000;

/** Rejects with a `GitProblem`, `bundle-too-large` among them. */
export async function makeBundle(call: BundleCall): Promise<Buffer> {
  const { commonDir, folder, env, branch, commit, without, maxBytes } = call;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const home = await mkdtemp(join(folder, 'bundle-'));
  try {
    const gitDir = join(home, 'lender.git');
    await mustGit({ args: ['init', '--bare', '--quiet', '--template=', gitDir], at: home, env });
    await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
    await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${join(commonDir, 'objects')}\n`);
    const at = { gitDir, root: home };
    const ref = `refs/heads/${branch}`;
    await mustGit({ args: ['update-ref', ref, commit], at, env });
    const file = join(home, 'bundle');
    const range = without === null ? [ref] : [ref, `^${without}`];
    await mustGit({ args: ['bundle', 'create', '--quiet', file, ...range], at, env, timeoutMs: PACK_MS });
    const { size } = await stat(file);
    if (size > maxBytes)
      throw new GitProblem(
        'bundle-too-large',
        `The bundle has ${toMb(size)} MB, and ${toMb(maxBytes)} MB may travel.`,
      );
    return await readFile(file);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function toMb(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1);
}
