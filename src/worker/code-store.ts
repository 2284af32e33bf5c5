/** The code of tasks that come from elsewhere: a cached clone for each repository, and a folder for each task. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '../adapters/bullmq/blobs.ts';
import { fetchCommit, openClone } from '../adapters/git/cached-clone.ts';
import { removeWorktree } from '../adapters/git/close-worktree.ts';
import { type CommittedWork, commitWork } from '../adapters/git/commit-work.ts';
import { hasCommit } from '../adapters/git/has-commit.ts';
import type { Repository } from '../adapters/git/inspect-repository.ts';
import { makeBundle } from '../adapters/git/make-bundle.ts';
import { openWorktreeAt, type Worktree } from '../adapters/git/open-worktree.ts';
import { mustGit } from '../adapters/git/run-git.ts';
import { takeBundle } from '../adapters/git/take-bundle.ts';
import { processIsAlive } from '../adapters/processes/process-is-alive.ts';
import { CODE_BRANCH, type TaskCode } from '../protocol/queue.ts';

export type CodeStore = {
  /** Clears away what a killed worker has left. */
  sweep(): Promise<void>;
  /** The folder for a task; `null`: its code is not to be had. Several that only read share one. */
  open(code: TaskCode, task: OpenedTask): Promise<TaskFolder | null>;
  /** Nothing is at work any more: its folders go, the clones stay. */
  close(): Promise<void>;
};

export type OpenedTask = { readonly run: string; readonly task: string; readonly isShared: boolean };

export type TaskFolder = {
  readonly directory: string;
  commit(): Promise<CommittedWork>;
  /** What it has changed, as a bundle with this branch. */
  bundle(commit: string, how: { readonly branch: string; readonly maxBytes: number }): Promise<Buffer>;
  close(): Promise<void>;
};

export type CodeStoreParts = {
  /** A folder of the worker's own. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly blobs: Pick<Blobs, 'get'>;
};

/** Idle folders that the next task may want again: OpenCode takes a second for each new one. */
const KEPT_SHARED = 2;

type Shared = { readonly opening: Promise<Worktree>; users: number };

export function createCodeStore({ folder, env, blobs }: CodeStoreParts): CodeStore {
  const clones = join(folder, 'repositories');
  const trees = join(folder, 'trees');
  const own = join(trees, String(process.pid));
  const travel = join(own, 'travel');
  const shared = new Map<string, Shared>();
  let last: Promise<unknown> = Promise.resolve();

  /** Git's files of a clone are changed by one at a time. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = last.then(act, act);
    last = mine.catch(() => undefined);
    return mine;
  };

  const take = async (clone: Repository, blob: string): Promise<boolean> => {
    const content = await blobs.get(blob);
    if (content === null) return false;
    await takeBundle({ at: clone, env, folder: travel, branch: CODE_BRANCH, content });
    return true;
  };

  const receive = async (code: TaskCode): Promise<Repository | null> => {
    const clone = await openClone(clones, { name: code.repository, prefix: code.prefix, env });
    const { head, base, remote, bundle, patch } = code;
    if (!(await hasCommit(clone, head, env))) {
      const isThere =
        (bundle !== null && (await take(clone, bundle))) ||
        (remote !== null && (await fetchCommit(clone, remote, { commit: head, env })));
      if (!isThere) return null;
    }
    if (await hasCommit(clone, base, env)) return clone;
    return patch !== null && (await take(clone, patch)) ? clone : null;
  };

  const openTree = (clone: Repository, base: string, { run, task }: OpenedTask) =>
    openWorktreeAt(
      { repository: clone, task: { run, task, place: 0 }, folder: own, env },
      { base, commit: base },
    );

  const close = ({ repository, home }: Worktree) =>
    inTurn(() => removeWorktree(repository, home, env)).catch(() => undefined);

  const closeIdle = async () => {
    const idle = [...shared].filter(([, { users }]) => users === 0);
    for (const [key, { opening }] of idle.slice(0, Math.max(0, idle.length - KEPT_SHARED))) {
      shared.delete(key);
      await close(await opening);
    }
  };

  const borrow = async (code: TaskCode, task: OpenedTask): Promise<TaskFolder | null> => {
    const key = `${code.repository} ${code.base} ${code.prefix}`;
    const clone = await inTurn(() => receive(code));
    if (clone === null) return null;
    const known = shared.get(key) ?? { opening: inTurn(() => openTree(clone, code.base, task)), users: 0 };
    shared.set(key, known);
    known.users += 1;
    const giveBack = async () => {
      known.users -= 1;
      await closeIdle();
    };
    try {
      return { ...toFolder(await known.opening), close: giveBack };
    } catch (error) {
      shared.delete(key);
      throw error;
    }
  };

  const toFolder = (worktree: Worktree): TaskFolder => ({
    directory: worktree.directory,
    commit: () => commitWork(worktree),
    bundle: (commit, { branch, maxBytes }) =>
      makeBundle({
        commonDir: worktree.repository.commonDir,
        folder: travel,
        env,
        branch,
        commit,
        without: worktree.base,
        maxBytes,
      }),
    close: () => close(worktree),
  });

  return {
    sweep: async () => {
      for (const name of await readdir(trees).catch(() => []))
        if (!processIsAlive(Number(name))) await rm(join(trees, name), { recursive: true, force: true });
      for (const name of await readdir(clones).catch(() => [])) {
        const gitDir = join(clones, name);
        await mustGit({ args: ['worktree', 'prune'], at: { gitDir, root: gitDir }, env }).catch(
          () => undefined,
        );
      }
      await mkdir(own, { recursive: true, mode: 0o700 });
    },
    close: async () => {
      for (const { opening } of shared.values()) await opening.then(close, () => undefined);
      await rm(own, { recursive: true, force: true });
    },
    open: async (code, task) => {
      if (task.isShared) return borrow(code, task);
      const clone = await inTurn(() => receive(code));
      return clone && toFolder(await inTurn(() => openTree(clone, code.base, task)));
    },
  };
}
