import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TestRepository, useRepository } from './use-repository.ts';

const TEN_LINES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((line) => `line ${line}\n`).join('');

function expectNothingLeft(repo: TestRepository): void {
  expect(repo.worktrees()).toBe(1);
  expect(readdirSync(repo.folder)).toEqual([]);
  expect(readdirSync(join(repo.root, '.git'))).not.toContain('worktrees');
  expect(repo.fsck()).toBe('');
}

describe('what a task has done in its worktree', () => {
  it('comes into the tree as uncommitted changes, and nothing else is left of it', async () => {
    const repo = useRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'gone/too.txt': 'x\n' });
    const index = repo.index();
    const report = await repo.work((at) => {
      repo.writeAt(at, 'a.txt', 'changed\n');
      repo.writeAt(at, 'new/deep/c.txt', 'c\n');
      unlinkSync(join(at, 'b.txt'));
      rmSync(join(at, 'gone'), { recursive: true });
    });
    const files = ['a.txt', 'b.txt', 'gone/too.txt', 'new/deep/c.txt'];
    expect(report).toEqual({ kind: 'merged', files, leftOut: [] });
    expect(repo.index().equals(index)).toBe(true);
    expect(repo.read('a.txt')).toBe('changed\n');
    expect(repo.read('new/deep/c.txt')).toBe('c\n');
    expect([repo.has('b.txt'), repo.has('gone')]).toEqual([false, false]);
    expect(repo.branches()).toEqual([]);
    expectNothingLeft(repo);
  });

  it('is nothing where it changed nothing, or changed it back', async () => {
    const repo = useRepository();
    expect(await repo.work(() => {})).toEqual({ kind: 'unchanged', leftOut: [] });
    expect(await repo.work((at) => repo.writeAt(at, 'a.txt', 'a\n'))).toMatchObject({ kind: 'unchanged' });
    expect(repo.branches()).toEqual([]);
    expectNothingLeft(repo);
  });

  it('keeps names, bytes, modes and links', async () => {
    const names = ['with space.txt', '한글 파일.txt', 'line\nend.txt', '-dash', 'q\'u"ote', 'glob*?[x].txt'];
    const repo = useRepository(Object.fromEntries(names.map((name) => [name, 'old\n'])));
    const bytes = Uint8Array.from({ length: 4_096 }, (_, at) => (at * 31) % 256);
    const report = await repo.work((at) => {
      for (const name of names) repo.writeAt(at, name, `new ${name}\n`);
      repo.writeAt(at, 'data.bin', bytes);
      repo.writeAt(at, 'run.sh', '#!/bin/sh\n');
      chmodSync(join(at, 'run.sh'), 0o755);
      symlinkSync('없는 곳/target', join(at, 'link'));
    });
    expect(report).toMatchObject({ kind: 'merged', files: [...names, 'data.bin', 'link', 'run.sh'].sort() });
    for (const name of names) expect(repo.read(name)).toBe(`new ${name}\n`);
    expect(readFileSync(join(repo.root, 'data.bin')).equals(bytes)).toBe(true);
    expect(statSync(join(repo.root, 'run.sh')).mode & 0o111).toBe(0o111);
    expect(readlinkSync(join(repo.root, 'link'))).toBe('없는 곳/target');
    expectNothingLeft(repo);
  });

  it('may take a mode away, turn a link round, and put a folder where a file was and back', async () => {
    const repo = useRepository({ 'run.sh': 'x\n', file: 'f\n', 'folder/in.txt': 'i\n' });
    chmodSync(join(repo.root, 'run.sh'), 0o755);
    symlinkSync('file', join(repo.root, 'link'));
    const report = await repo.work((at) => {
      chmodSync(join(at, 'run.sh'), 0o644);
      unlinkSync(join(at, 'link'));
      symlinkSync('run.sh', join(at, 'link'));
      unlinkSync(join(at, 'file'));
      repo.writeAt(at, 'file/inside.txt', 'i\n');
      rmSync(join(at, 'folder'), { recursive: true });
      repo.writeAt(at, 'folder', 'now a file\n');
    });
    expect(report).toMatchObject({ kind: 'merged' });
    expect(statSync(join(repo.root, 'run.sh')).mode & 0o111).toBe(0);
    expect(readlinkSync(join(repo.root, 'link'))).toBe('run.sh');
    expect(repo.read('file/inside.txt')).toBe('i\n');
    expect(repo.read('folder')).toBe('now a file\n');
  });

  it('keeps the rights that a file of the user has', async () => {
    const repo = useRepository();
    chmodSync(join(repo.root, 'a.txt'), 0o600);
    await repo.work((at) => repo.writeAt(at, 'a.txt', 'b\n'));
    expect(statSync(join(repo.root, 'a.txt')).mode & 0o777).toBe(0o600);
  });

  it('is not written through a name that shares its file with another', async () => {
    const repo = useRepository();
    linkSync(join(repo.root, 'a.txt'), join(repo.base, 'elsewhere'));
    await repo.work((at) => repo.writeAt(at, 'a.txt', 'b\n'));
    expect(repo.read('a.txt')).toBe('b\n');
    expect(readFileSync(join(repo.base, 'elsewhere'), 'utf8')).toBe('a\n');
  });

  it('has the line ends of the tree that it comes into', async () => {
    const repo = useRepository({ '.gitattributes': '*.bat text eol=crlf\n', 'a.bat': 'one\n' });
    await repo.work((at) => repo.writeAt(at, 'b.bat', 'two\r\nthree\n'));
    expect(repo.read('b.bat')).toBe('two\r\nthree\r\n');
  });

  it('is merged on what the task left, wherever its own commits have gone', async () => {
    const repo = useRepository();
    const report = await repo.work((at, { env }) => {
      const run = (...args: readonly string[]) => repo.gitAt(at, env, args);
      repo.writeAt(at, 'b.txt', 'b\n');
      run('checkout', '--quiet', '-b', 'by-the-task');
      run('add', '.');
      run('commit', '--quiet', '--message', 'mine');
      run('checkout', '--quiet', '--detach', 'main');
      repo.writeAt(at, 'c.txt', 'c\n');
    });
    expect(report).toMatchObject({ kind: 'merged', files: ['c.txt'] });
    expect(repo.has('b.txt')).toBe(false);
    expect(repo.branches()).toEqual(['by-the-task']);
  });

  it('runs no hook of the repository, and asks no key to sign it', async () => {
    const repo = useRepository();
    repo.git('config', 'commit.gpgSign', 'true');
    repo.git('config', 'core.hooksPath', join(repo.base, 'hooks'));
    for (const hook of ['post-checkout', 'pre-commit', 'reference-transaction', 'post-index-change']) {
      repo.writeAt(repo.base, `hooks/${hook}`, `#!/bin/sh\ntouch ${repo.base}/ran\n`);
      chmodSync(join(repo.base, 'hooks', hook), 0o755);
    }
    expect(await repo.work((at) => repo.writeAt(at, 'b.txt', 'b\n'))).toMatchObject({ kind: 'merged' });
    expect(readdirSync(repo.base)).not.toContain('ran');
  });

  it('tells what git ignores, which goes with the worktree', async () => {
    const repo = useRepository({ '.gitignore': 'out/\n' });
    const report = await repo.work((at) => {
      repo.writeAt(at, 'out/built.js', 'x');
      mkdirSync(join(at, 'inner'));
      repo.gitAt(join(at, 'inner'), repo.env, ['init', '--quiet']);
      repo.writeAt(at, 'inner/x', 'x');
    });
    expect(report).toEqual({ kind: 'unchanged', leftOut: ['inner/', 'out/'] });
  });
});

describe('the view of a task', () => {
  it('is the folder as the user has it: staged, changed, new, removed, and looked away from', async () => {
    const repo = useRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n', '.gitignore': 'secret\n' });
    repo.write('a.txt', 'staged\n');
    repo.git('add', 'a.txt');
    repo.write('a.txt', 'staged, and changed\n');
    repo.write('new 새.txt', 'new\n');
    repo.write('secret', 'no\n');
    unlinkSync(join(repo.root, 'b.txt'));
    repo.git('update-index', '--assume-unchanged', 'c.txt');
    repo.write('c.txt', 'as it is\n');
    mkdirSync(join(repo.root, 'inner'));
    repo.gitAt(join(repo.root, 'inner'), repo.env, ['init', '--quiet']);
    repo.write('inner/x', 'x');
    const index = repo.index();
    const names = ['a.txt', 'new 새.txt', 'secret', 'c.txt'];
    const before = repo.facts(...names);

    let seen: string[] = [];
    const report = await repo.work((at) => {
      seen = readdirSync(at).filter((name) => name !== '.git');
      expect(readFileSync(join(at, 'a.txt'), 'utf8')).toBe('staged, and changed\n');
      expect(readFileSync(join(at, 'c.txt'), 'utf8')).toBe('as it is\n');
      repo.writeAt(at, 'd.txt', 'd\n');
    });

    expect(seen.sort()).toEqual(['.gitignore', 'a.txt', 'c.txt', 'new 새.txt']);
    expect(report).toMatchObject({ kind: 'merged', files: ['d.txt'] });
    expect(repo.index().equals(index)).toBe(true);
    expect(repo.facts(...names)).toEqual(before);
    expect(repo.git('stash', 'list')).toBe('');
  });

  it('has a change that came in the second in which git last looked', async () => {
    const repo = useRepository();
    for (let turn = 0; turn < 5; turn += 1) {
      repo.write('a.txt', `a${turn}\n`);
      repo.git('add', 'a.txt');
      repo.write('a.txt', `b${turn}\n`);
      const worktree = await repo.open();
      expect(readFileSync(join(worktree.directory, 'a.txt'), 'utf8')).toBe(`b${turn}\n`);
      await repo.settle(worktree);
    }
  });

  it('begins where the folder of the run is', async () => {
    const repo = useRepository({ 'packages/one/a.txt': 'a\n' });
    const worktree = await repo.open('task', join(repo.root, 'packages', 'one'));
    repo.writeAt(worktree.directory, 'b.txt', 'b\n');
    expect(await repo.settle(worktree)).toMatchObject({ files: ['packages/one/b.txt'] });
    expect(repo.read('packages/one/b.txt')).toBe('b\n');
  });
});

describe('two tasks at once', () => {
  it('are both merged where they change different lines, or one moves what the other changes', async () => {
    const repo = useRepository({ 'a.txt': TEN_LINES, 'b.txt': TEN_LINES });
    const [one, other] = [await repo.open('one'), await repo.open('other')];
    repo.writeAt(one.directory, 'a.txt', TEN_LINES.replace('line 1\n', 'first\n'));
    repo.writeAt(other.directory, 'a.txt', TEN_LINES.replace('line 10\n', 'last\n'));
    repo.writeAt(one.directory, 'b.txt', TEN_LINES.replace('line 5\n', 'middle\n'));
    renameSync(join(other.directory, 'b.txt'), join(other.directory, 'moved.txt'));
    expect(await repo.settle(one)).toMatchObject({ kind: 'merged' });
    expect(await repo.settle(other)).toMatchObject({ kind: 'merged' });
    expect(repo.read('a.txt')).toBe(TEN_LINES.replace('line 1\n', 'first\n').replace('line 10\n', 'last\n'));
    expect(repo.read('moved.txt')).toBe(TEN_LINES.replace('line 5\n', 'middle\n'));
    expect(repo.has('b.txt')).toBe(false);
    expect(repo.branches()).toEqual([]);
    expectNothingLeft(repo);
  });

  it('are kept apart where they change the same lines: the second stays on its branch', async () => {
    const repo = useRepository({ 'a.txt': TEN_LINES, '한글 b.txt': 'b\n' });
    const [one, other] = [await repo.open('one'), await repo.open('The Other!')];
    repo.writeAt(one.directory, 'a.txt', TEN_LINES.replace('line 5\n', 'mine\n'));
    unlinkSync(join(one.directory, '한글 b.txt'));
    repo.writeAt(other.directory, 'a.txt', TEN_LINES.replace('line 5\n', 'no, mine\n'));
    repo.writeAt(other.directory, '한글 b.txt', 'changed\n');
    repo.writeAt(other.directory, 'c.txt', 'c\n');
    expect(await repo.settle(one)).toMatchObject({ kind: 'merged' });
    const branch = 'omcm/5e0f2a1c/the-other.2';
    expect(await repo.settle(other)).toEqual({
      kind: 'left',
      branch,
      because: { code: 'conflict', files: ['a.txt', '한글 b.txt'] },
      files: ['a.txt', 'c.txt', '한글 b.txt'],
      leftOut: [],
      command: `git show ${branch}`,
    });
    expect(repo.read('a.txt')).toContain('mine\n');
    expect(repo.read('a.txt')).not.toContain('no, mine');
    expect(repo.has('c.txt')).toBe(false);
    expect(repo.branches()).toEqual([branch]);
    expect(repo.git('show', `${branch}:a.txt`)).toContain('no, mine');
    expectNothingLeft(repo);
  });

  it('never move a branch that is there', async () => {
    const repo = useRepository();
    repo.git('branch', 'omcm/5e0f2a1c/task');
    const before = repo.git('rev-parse', 'omcm/5e0f2a1c/task');
    const worktree = await repo.open();
    repo.writeAt(worktree.directory, 'b.txt', 'b\n');
    expect(await repo.settle(worktree, 'failed')).toMatchObject({ branch: 'omcm/5e0f2a1c/task.again2' });
    expect(repo.git('rev-parse', 'omcm/5e0f2a1c/task')).toBe(before);
  });

  it('find another name where a branch is called omcm', async () => {
    const repo = useRepository();
    repo.git('branch', 'omcm');
    const worktree = await repo.open();
    repo.writeAt(worktree.directory, 'b.txt', 'b\n');
    expect(await repo.settle(worktree, 'cancelled')).toMatchObject({
      branch: 'omcm-work/5e0f2a1c/task',
      because: { code: 'task-not-done', outcome: 'cancelled' },
    });
    expect(repo.has('b.txt')).toBe(false);
  });
});

describe('what the user does meanwhile', () => {
  const scenarios: readonly (readonly [string, (repo: TestRepository, at: string) => void, string])[] = [
    [
      'changes another line of the file',
      (repo, at) => {
        repo.writeAt(at, 'a.txt', TEN_LINES.replace('line 1\n', 'theirs\n'));
        repo.write('a.txt', TEN_LINES.replace('line 10\n', 'mine\n'));
      },
      'a.txt',
    ],
    [
      'removes the file',
      (repo, at) => {
        repo.writeAt(at, 'b.txt', 'theirs\n');
        repo.writeAt(at, 'a.txt', 'theirs too\n');
        unlinkSync(join(repo.root, 'b.txt'));
      },
      'b.txt',
    ],
    [
      'makes the same file',
      (repo, at) => {
        repo.writeAt(at, 'new.txt', 'theirs\n');
        repo.write('new.txt', 'mine\n');
      },
      'new.txt',
    ],
    [
      'has a file there that git ignores',
      (repo, at) => {
        repo.writeAt(at, '.gitignore', '');
        repo.writeAt(at, 'secret', 'theirs\n');
        repo.write('secret', 'mine\n');
      },
      'secret',
    ],
    [
      'puts a link where the folder would be',
      (repo, at) => {
        repo.writeAt(at, '.gitignore', '');
        repo.writeAt(at, 'secret/x', 'theirs\n');
        mkdirSync(join(repo.base, 'outside'));
        symlinkSync(join(repo.base, 'outside'), join(repo.root, 'secret'));
      },
      'secret/x',
    ],
    [
      'makes the file one that is run',
      (repo, at) => {
        repo.writeAt(at, 'b.txt', 'theirs\n');
        chmodSync(join(repo.root, 'b.txt'), 0o755);
      },
      'b.txt',
    ],
  ];

  it.each(scenarios)('is not written over: %s', async (_what, act, file) => {
    const repo = useRepository({ 'a.txt': TEN_LINES, 'b.txt': 'b\n', '.gitignore': 'secret\n' });
    const worktree = await repo.open();
    act(repo, worktree.directory);
    const index = repo.index();
    const names = ['a.txt', 'b.txt', 'new.txt', 'secret', '.gitignore'].filter(repo.has);
    const before = repo.facts(...names.filter((name) => !statSync(join(repo.root, name)).isDirectory()));

    const report = await repo.settle(worktree);

    expect(report).toMatchObject({ kind: 'left', branch: 'omcm/5e0f2a1c/task' });
    expect(JSON.stringify(report)).toContain(file);
    expect(repo.facts(...before.map(({ name }) => name))).toEqual(before);
    expect(repo.index().equals(index)).toBe(true);
    if (existsSync(join(repo.base, 'outside'))) expect(readdirSync(join(repo.base, 'outside'))).toEqual([]);
    expectNothingLeft(repo);
  });

  it('to other files, to his index and with commits, is in nobody’s way', async () => {
    const repo = useRepository({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    const worktree = await repo.open();
    repo.writeAt(worktree.directory, 'a.txt', 'theirs\n');
    repo.write('b.txt', 'mine\n');
    repo.git('commit', '--quiet', '--all', '--message', 'meanwhile');
    repo.write('c.txt', 'mine too\n');
    repo.git('add', 'c.txt');
    const index = repo.index();
    expect(await repo.settle(worktree)).toMatchObject({ kind: 'merged', files: ['a.txt'] });
    expect([repo.read('a.txt'), repo.read('b.txt'), repo.read('c.txt')]).toEqual([
      'theirs\n',
      'mine\n',
      'mine too\n',
    ]);
    expect(repo.index().equals(index)).toBe(true);
  });

  it('a merge that he has begun is his: the work waits on its branch', async () => {
    const repo = useRepository();
    const worktree = await repo.open();
    repo.writeAt(worktree.directory, 'b.txt', 'b\n');
    writeFileSync(join(repo.root, '.git', 'MERGE_HEAD'), repo.git('rev-parse', 'HEAD'));
    expect(await repo.settle(worktree)).toMatchObject({
      kind: 'left',
      because: { code: 'not-applied', message: 'operation-in-progress' },
    });
    expect(repo.has('b.txt')).toBe(false);
  });
});
