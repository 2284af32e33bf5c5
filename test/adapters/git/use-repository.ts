// A real repository, a folder of ours beside it, and what a task does between the two.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeWorktree } from '../../../src/adapters/git/close-worktree.ts';
import { inspectRepository, type Repository } from '../../../src/adapters/git/inspect-repository.ts';
import { openWorktree, type Worktree } from '../../../src/adapters/git/open-worktree.ts';
import type { RunEnd } from '../../../src/core/scheduling/run-state.ts';
import type { TreeEntry } from '../../../src/core/worktrees/tree-change.ts';
import type { WorkReport } from '../../../src/core/worktrees/work-report.ts';
import { settleWork } from '../../../src/daemon/runs/settle-work.ts';
import { TEST_FOLDER_PREFIX } from '../../support/test-folder-prefix.ts';

export type TestRepository = ReturnType<typeof createRepository>;

/** With these files in its one commit. */
export function useRepository(files: Readonly<Record<string, string>> = { 'a.txt': 'a\n' }): TestRepository {
  const base = realpathSync(mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX)));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return createRepository(base, files);
}

function createRepository(base: string, files: Readonly<Record<string, string>>) {
  const root = join(base, 'project');
  const stateDir = join(base, 'state');
  const folder = join(stateDir, 'worktrees');
  const ours = new Map<string, TreeEntry | null>();
  const env = { PATH: process.env.PATH, HOME: base };
  mkdirSync(root);
  mkdirSync(stateDir);
  const gitAt = (cwd: string, own: NodeJS.ProcessEnv, args: readonly string[]): string =>
    execFileSync('git', args, { cwd, env: own, encoding: 'utf8', stdio: 'pipe' });
  const git = (...args: readonly string[]): string => gitAt(root, env, args);
  const write = (at: string, name: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), text);
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Till');
  git('config', 'user.email', 'till@example.invalid');
  for (const [name, text] of Object.entries(files)) write(root, name, text);
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'begin');

  const inspect = (directory = root) => inspectRepository(directory, { env, stateDir });
  const repository = async (directory?: string): Promise<Repository> => {
    const inspected = await inspect(directory);
    if (!inspected.ok) throw new Error(inspected.because);
    return inspected.repository;
  };
  let place = 0;
  const open = async (task = 'task', directory?: string): Promise<Worktree> => {
    place += 1;
    const named = { run: '5e0f2a1c-7d', task, place };
    return openWorktree({ repository: await repository(directory), task: named, folder, env });
  };
  const settle = async (worktree: Worktree, outcome: RunEnd['outcome'] = 'done'): Promise<WorkReport> => {
    const report = await settleWork({ stateDir, ours }, worktree, outcome);
    await removeWorktree(worktree.repository, worktree.home, env);
    return report;
  };
  return {
    base,
    root,
    stateDir,
    folder,
    env,
    git,
    gitAt,
    inspect,
    open,
    settle,
    write: (name: string, text: string | Uint8Array) => write(root, name, text),
    read: (name: string) => readFileSync(join(root, name), 'utf8'),
    has: (name: string) => existsSync(join(root, name)),
    /** One task from its beginning to its end. */
    work: async (act: (at: string, worktree: Worktree) => void, task?: string) => {
      const worktree = await open(task);
      act(worktree.directory, worktree);
      return settle(worktree);
    },
    writeAt: write,
    branches: () =>
      git('branch', '--list', '--format=%(refname:short)')
        .trim()
        .split('\n')
        .filter((name) => name !== 'main'),
    index: () => readFileSync(join(root, '.git', 'index')),
    worktrees: () => git('worktree', 'list', '--porcelain').match(/^worktree /gm)?.length ?? 0,
    fsck: () => git('fsck', '--strict', '--no-dangling').trim(),
    /** Every file of the user's, with its bytes, its mode and its time. */
    facts: (...names: readonly string[]) =>
      names.map((name) => {
        const path = join(root, name);
        const { mode, mtimeMs, ino } = lstatSync(path);
        const bytes = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : readFileSync(path, 'latin1');
        return { name, mode, mtimeMs, ino, bytes };
      }),
  };
}
