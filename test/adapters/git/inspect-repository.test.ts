import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectRepository } from '../../../src/adapters/git/inspect-repository.ts';
import { type TestRepository, useRepository } from './use-repository.ts';

describe('there are no worktrees', () => {
  const obstacles: readonly (readonly [string, string, (repo: TestRepository) => string | undefined])[] = [
    ['outside of a repository', 'not-a-repository', ({ base }) => base],
    ['in a folder that is not there', 'not-a-repository', ({ root }) => join(root, 'nowhere')],
    ['inside .git', 'not-a-repository', ({ root }) => join(root, '.git')],
    [
      'in a bare repository',
      'bare-repository',
      (repo) => {
        repo.git('clone', '--quiet', '--bare', '.', join(repo.base, 'bare'));
        return join(repo.base, 'bare');
      },
    ],
    [
      'before the first commit',
      'unborn-head',
      (repo) => {
        repo.git('checkout', '--quiet', '--orphan', 'fresh');
        return undefined;
      },
    ],
    [
      'while a rebase stands still',
      'operation-in-progress',
      (repo) => {
        repo.git('checkout', '--quiet', '-b', 'other');
        repo.write('a.txt', 'other\n');
        repo.git('commit', '--quiet', '--all', '--message', 'other');
        repo.git('checkout', '--quiet', 'main');
        repo.write('a.txt', 'main\n');
        repo.git('commit', '--quiet', '--all', '--message', 'main');
        expect(() => repo.git('rebase', 'other')).toThrow();
        return undefined;
      },
    ],
    [
      'with conflicts of a stash',
      'unmerged-files',
      (repo) => {
        repo.write('a.txt', 'stashed\n');
        repo.git('stash');
        repo.write('a.txt', 'main\n');
        repo.git('commit', '--quiet', '--all', '--message', 'main');
        expect(() => repo.git('stash', 'pop')).toThrow();
        return undefined;
      },
    ],
    [
      'with submodules',
      'submodules',
      (repo) => {
        repo.git('clone', '--quiet', '.', join(repo.base, 'module'));
        const allow = ['-c', 'protocol.file.allow=always'];
        repo.git(...allow, 'submodule', '--quiet', 'add', join(repo.base, 'module'), 'module');
        return undefined;
      },
    ],
    [
      'in a sparse checkout',
      'sparse-checkout',
      (repo) => {
        repo.git('sparse-checkout', 'set', 'folder');
        return undefined;
      },
    ],
    [
      'in a folder that git ignores',
      'ignored-folder',
      (repo) => {
        repo.write('.gitignore', 'out\n');
        mkdirSync(join(repo.root, 'out', 'in'), { recursive: true });
        return join(repo.root, 'out', 'in');
      },
    ],
  ];

  it.each(obstacles)('%s', async (_where, because, arrange) => {
    const repo = useRepository();
    expect(await repo.inspect(arrange(repo))).toEqual({ ok: false, because });
  });

  it('where our own folder lies in the repository', async () => {
    const { root, env } = useRepository();
    const inspected = await inspectRepository(root, { env, stateDir: join(root, '.state') });
    expect(inspected).toEqual({ ok: false, because: 'state-folder-inside' });
  });

  it('without git', async () => {
    const { root, stateDir, base } = useRepository();
    const env = { PATH: join(base, 'nothing') };
    expect(await inspectRepository(root, { env, stateDir })).toEqual({ ok: false, because: 'git-missing' });
  });

  it('with a git that cannot check a merge', async () => {
    const { root, stateDir, base } = useRepository();
    writeFileSync(join(base, 'git'), '#!/bin/sh\necho git version 2.37.9\n', { mode: 0o755 });
    const inspected = await inspectRepository(root, { env: { PATH: `${base}:/usr/bin:/bin` }, stateDir });
    expect(inspected).toEqual({ ok: false, because: 'git-too-old' });
  });
});

it('a repository is found by its folder, whatever GIT_… says', async () => {
  const repo = useRepository({ 'a b/한글/x.txt': 'x\n' });
  const env = { ...repo.env, GIT_DIR: '/nowhere', GIT_WORK_TREE: '/nowhere', GIT_INDEX_FILE: '/nowhere' };
  const directory = join(repo.root, 'a b', '한글');
  expect(await inspectRepository(directory, { env, stateDir: repo.stateDir })).toMatchObject({
    ok: true,
    repository: { root: repo.root, gitDir: join(repo.root, '.git'), prefix: 'a b/한글' },
  });
});

it('a worktree of the user’s is a place to work in as well', async () => {
  const repo = useRepository();
  const second = join(repo.base, 'second');
  repo.git('worktree', 'add', '--quiet', '-b', 'second', second);
  const worktree = await repo.open('task', second);
  repo.writeAt(worktree.directory, 'b.txt', 'b\n');
  expect(await repo.settle(worktree)).toMatchObject({ kind: 'merged' });
  expect([repo.has('b.txt'), repo.has('../second/b.txt')]).toEqual([false, true]);
});
