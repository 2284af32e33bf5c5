/** Which files of a project has git seen change lately? Nothing where there is no git, or where it takes too long. */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

export type RecentFiles = {
  readonly branch: string | null;
  /** Relative to the folder, the last one changed first: what is not committed yet, then what the last commits did. */
  readonly changed: readonly string[];
};

const PATIENCE_MS = 2_000;
const COMMITS = 20;
/** More would be a checkout of something else, not work. */
const MOST_UNCOMMITTED = 200;

export async function listRecentFiles(directory: string): Promise<RecentFiles> {
  const git = (...args: readonly string[]) => run(directory, args);
  const [branch, modified, untracked, committed] = await Promise.all([
    git('symbolic-ref', '--short', '--quiet', 'HEAD'),
    git('diff', 'HEAD', '--name-only', '--relative', '--no-renames', '-z'),
    git('ls-files', '--others', '--exclude-standard', '-z'),
    git('log', `-${COMMITS}`, '--name-only', '--relative', '--no-renames', '--format=', '-z'),
  ]);
  const uncommitted = [...listOf(modified), ...listOf(untracked)].slice(0, MOST_UNCOMMITTED);
  return {
    branch: branch.trim() === '' ? null : branch.trim(),
    changed: [...new Set([...(await newestFirst(directory, uncommitted)), ...listOf(committed)])],
  };
}

function listOf(output: string): readonly string[] {
  return output
    .split('\0')
    .map((name) => name.replace(/^\n/, ''))
    .filter((name) => name !== '');
}

async function newestFirst(directory: string, files: readonly string[]): Promise<readonly string[]> {
  const dated = await Promise.all(
    files.map(async (file) => ({
      file,
      // One that was removed has no time of its own; it is told all the same.
      at: await stat(join(directory, file)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    })),
  );
  return dated.sort((a, b) => b.at - a.at).map(({ file }) => file);
}

function run(directory: string, args: readonly string[]): Promise<string> {
  // A question must not write to the repository, nor start what its configuration names.
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
  const options = { cwd: directory, env, timeout: PATIENCE_MS, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile('git', ['-c', 'core.fsmonitor=false', ...args], options, (error, out) =>
      resolve(error ? '' : out),
    );
  });
}
