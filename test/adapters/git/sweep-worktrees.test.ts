import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sweepWorktrees } from '../../../src/adapters/git/sweep-worktrees.ts';
import { type TestRepository, useRepository } from './use-repository.ts';

async function sweep({ folder, env }: TestRepository) {
  const problems: string[] = [];
  const swept = await sweepWorktrees(folder, env, (message) => problems.push(message));
  return { swept, problems };
}

it('clears away what a killed daemon has left, with the work on a branch', async () => {
  const repo = useRepository();
  const [busy, idle] = [await repo.open('busy'), await repo.open('idle')];
  repo.writeAt(busy.directory, 'half.txt', 'half\n');
  expect(await sweep(repo)).toEqual({
    problems: [],
    swept: expect.arrayContaining([
      {
        run: '5e0f2a1c-7d',
        task: 'busy',
        place: 1,
        root: repo.root,
        saved: { branch: 'omcm/5e0f2a1c/busy', files: ['half.txt'] },
      },
      { run: '5e0f2a1c-7d', task: 'idle', place: 2, root: repo.root, saved: null },
    ]),
  });
  expect(repo.git('show', 'omcm/5e0f2a1c/busy:half.txt')).toBe('half\n');
  expect(repo.has('half.txt')).toBe(false);
  expect([existsSync(busy.root), existsSync(idle.root)]).toEqual([false, false]);
  expect(readdirSync(repo.folder)).toEqual([]);
  expect(repo.worktrees()).toBe(1);
  expect(repo.fsck()).toBe('');
});

it('leaves worktrees and branches of others alone', async () => {
  const repo = useRepository();
  repo.git('worktree', 'add', '--quiet', '-b', 'mine', join(repo.base, 'mine'));
  repo.git('branch', 'omcm/other');
  // Its folder is gone for now: it lies on a disk that is not there.
  repo.git('worktree', 'add', '--quiet', '-b', 'away', join(repo.base, 'away'));
  rmSync(join(repo.base, 'away'), { recursive: true });
  await repo.open();
  mkdirSync(join(repo.folder, 'strange', 'strange'), { recursive: true });
  await sweep(repo);
  expect(repo.worktrees()).toBe(3);
  expect(repo.branches()).toEqual(['away', 'mine', 'omcm/other']);
  expect(readdirSync(repo.folder)).toEqual(['strange']);
});

it('takes away what is left of a repository that is gone, and what was broken', async () => {
  const repo = useRepository();
  const worktree = await repo.open('broken');
  rmSync(join(worktree.root, '.git'));
  writeFileSync(join(worktree.root, 'b.txt'), 'b\n');
  expect((await sweep(repo)).swept).toMatchObject([
    { task: 'broken', saved: { branch: 'omcm/5e0f2a1c/broken' } },
  ]);
  await repo.open();
  rmSync(repo.root, { recursive: true });
  expect(await sweep(repo)).toMatchObject({ problems: [], swept: [{ saved: null }] });
  expect(readdirSync(repo.folder)).toEqual([]);
});

it('finds nothing where nothing was', async () => {
  const repo = useRepository();
  expect(await sweep(repo)).toEqual({ problems: [], swept: [] });
});
