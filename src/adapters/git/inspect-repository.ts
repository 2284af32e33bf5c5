/** Can the tasks of this folder get worktrees, and if not, why? */
import { access, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { NoWorktree } from '../../core/worktrees/work-report.ts';
import { GitProblem } from './git-problem.ts';
import { askGit, type GitCall, type GitPlace, listByGit, runGit } from './run-git.ts';

export type Repository = GitPlace & {
  /** Where the objects and the branches are, for all its worktrees. */
  readonly commonDir: string;
  /** The folder asked for, from the top; empty for the top itself. */
  readonly prefix: string;
};

export type Inspected =
  | { readonly ok: true; readonly repository: Repository }
  | { readonly ok: false; readonly because: NoWorktree };

/** `git merge-tree --write-tree` came with this version. */
const OLDEST = [2, 38] as const;

const OPERATIONS = [
  'rebase-merge',
  'rebase-apply',
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'BISECT_LOG',
  'sequencer',
] as const;

const SUBMODULE = '160000';

export type InspectOptions = { readonly env: NodeJS.ProcessEnv; readonly stateDir: string };

export async function inspectRepository(directory: string, options: InspectOptions): Promise<Inspected> {
  try {
    return await inspect(directory, options);
  } catch (error) {
    const isMissing = error instanceof GitProblem && error.code === 'git-missing';
    return no(isMissing ? 'git-missing' : 'worktree-failed');
  }
}

async function inspect(directory: string, { env, stateDir }: InspectOptions): Promise<Inspected> {
  // Spawned in a folder that is not there, git would seem to be missing.
  if (!(await exists(directory))) return no('not-a-repository');
  const ask = (...args: readonly string[]) => askGit({ args, at: directory, env });
  if (!isNewEnough(await ask('version'))) return no('git-too-old');
  const inside = await runGit({ args: ['rev-parse', '--is-inside-work-tree'], at: directory, env });
  if (inside.exitCode !== 0) return no('not-a-repository');
  if (inside.stdout.toString().trim() !== 'true') {
    const isBare = (await ask('rev-parse', '--is-bare-repository')) === 'true';
    return no(isBare ? 'bare-repository' : 'not-a-repository');
  }
  // One call each: a path may hold a line's end.
  const [root, gitDir, common, prefix] = await Promise.all([
    ask('rev-parse', '--show-toplevel'),
    ask('rev-parse', '--absolute-git-dir'),
    ask('rev-parse', '--git-common-dir'),
    ask('rev-parse', '--show-prefix'),
  ]);
  const commonDir = resolve(directory, common);
  const repository: Repository = { root, gitDir, commonDir, prefix: prefix.replace(/\/$/, '') };
  const because = await findObstacle(repository, { env, stateDir });
  return because === null ? { ok: true, repository } : no(because);
}

async function findObstacle(
  repository: Repository,
  { env, stateDir }: InspectOptions,
): Promise<NoWorktree | null> {
  const { root, gitDir, prefix } = repository;
  const says = async (...args: readonly string[]): Promise<number | null> =>
    (await runGit({ args, at: repository, env })).exitCode;
  if (await isInside(stateDir, root)) return 'state-folder-inside';
  if ((await says('rev-parse', '--verify', '--quiet', 'HEAD^{commit}')) !== 0) return 'unborn-head';
  for (const name of OPERATIONS) if (await exists(join(gitDir, name))) return 'operation-in-progress';
  const list = (args: readonly string[]): Promise<readonly string[]> =>
    listByGit({ args, at: repository, env } satisfies GitCall);
  if ((await list(['ls-files', '--unmerged', '-z'])).length > 0) return 'unmerged-files';
  if ((await says('config', '--get', '--type=bool', 'core.sparseCheckout')) === 0) {
    const sparse = await askGit({
      args: ['config', '--get', '--type=bool', 'core.sparseCheckout'],
      at: repository,
      env,
    });
    if (sparse === 'true') return 'sparse-checkout';
  }
  const staged = await list(['ls-files', '--stage', '-z']);
  if (staged.some((entry) => entry.startsWith(SUBMODULE))) return 'submodules';
  // What is made in an ignored folder could not be told from what a build leaves there.
  if (prefix !== '' && (await says('check-ignore', '--quiet', '--', prefix)) === 0) return 'ignored-folder';
  return null;
}

function isNewEnough(text: string): boolean {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(text) ?? [];
  return Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
}

async function isInside(folder: string, root: string): Promise<boolean> {
  const [inner, outer] = await Promise.all([realPath(folder), realPath(root)]);
  const way = relative(outer, inner);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function no(because: NoWorktree): Inspected {
  return { ok: false, because };
}
