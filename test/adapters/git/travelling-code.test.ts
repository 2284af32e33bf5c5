import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchCommit, openClone } from '../../../src/adapters/git/cached-clone.ts';
import { commitWork } from '../../../src/adapters/git/commit-work.ts';
import { hasCommit } from '../../../src/adapters/git/has-commit.ts';
import { inspectRepository } from '../../../src/adapters/git/inspect-repository.ts';
import { makeBundle } from '../../../src/adapters/git/make-bundle.ts';
import { openWorktreeAt } from '../../../src/adapters/git/open-worktree.ts';
import { packCode } from '../../../src/adapters/git/pack-code.ts';
import { takeBundle } from '../../../src/adapters/git/take-bundle.ts';
import { createSecretSearch } from '../../../src/context/scrub.ts';
import { type TestRepository, useRepository } from './use-repository.ts';

const MB = 1_048_576;
const BRANCH = 'omcm/travel';
const TASK = { run: 'run', task: 'task', place: 0 };

async function pack(repo: TestRepository) {
  const { root, base, env } = repo;
  const inspected = await inspectRepository(root, { env, stateDir: join(base, 'state') });
  if (!inspected.ok) throw new Error(inspected.because);
  const { repository } = inspected;
  const call = { repository, env, folder: join(base, 'travel'), known: new Map<string, string>() };
  const hasSecret = createSecretSearch(root);
  return { repository, code: await packCode({ ...call, hasSecret }) };
}

async function send(repo: TestRepository, maxBytes = MB) {
  const { base, env } = repo;
  const { repository, code } = await pack(repo);
  const made = {
    commonDir: repository.commonDir,
    folder: join(base, 'travel'),
    env,
    branch: BRANCH,
    maxBytes,
  };
  const whole = await makeBundle({ ...made, commit: code.head, without: null });
  const patch =
    code.base === code.head ? null : await makeBundle({ ...made, commit: code.base, without: code.head });
  const clone = await openClone(join(base, 'clones'), { name: code.repository, prefix: code.prefix, env });
  for (const content of [whole, patch])
    if (content !== null)
      await takeBundle({ at: clone, env, folder: join(base, 'there'), branch: BRANCH, content });
  const tree = await openWorktreeAt(
    { repository: clone, task: TASK, folder: join(base, 'trees'), env },
    { base: code.base, commit: code.base },
  );
  const read = (name: string) => readFileSync(join(tree.root, name), 'utf8');
  return { repository, code, clone, tree, read };
}

describe('code that travels', () => {
  it('arrives as the user has it, with what is not committed, and comes back as commits', async () => {
    const repo = useRepository();
    const { base, env } = repo;
    repo.write('a.txt', 'changed\n');
    repo.write('new 한글.txt', 'new\n');
    const refs = repo.git('for-each-ref');
    const { repository, code, clone, tree, read } = await send(repo);
    expect([read('a.txt'), read('new 한글.txt')]).toEqual(['changed\n', 'new\n']);

    writeFileSync(join(tree.root, 'theirs.txt'), 'theirs\n');
    const { commit, changes } = await commitWork(tree);
    expect(changes.map(({ path }) => path)).toEqual(['theirs.txt']);
    const branch = 'omcm/run/task';
    const made = { commonDir: clone.commonDir, folder: join(base, 'there'), env, branch, commit };
    const content = await makeBundle({ ...made, without: code.base, maxBytes: MB });
    await takeBundle({ at: repository, env, folder: join(base, 'travel'), branch, content });
    expect(repo.git('show', `${commit}:theirs.txt`)).toBe('theirs\n');
    expect(repo.git('for-each-ref')).toBe(refs);
  });

  it('is the same commit for the same files, so that it travels once', async () => {
    const repo = useRepository();
    repo.write('a.txt', 'changed\n');
    const inspected = await inspectRepository(repo.root, { env: repo.env, stateDir: '/nowhere' });
    if (!inspected.ok) throw new Error(inspected.because);
    const known = new Map<string, string>();
    const call = {
      repository: inspected.repository,
      env: repo.env,
      folder: join(repo.base, 'travel'),
      known,
    };
    const hasSecret = async () => false;
    const one = await packCode({ ...call, hasSecret });
    expect((await packCode({ ...call, hasSecret })).base).toBe(one.base);
    repo.write('a.txt', 'again\n');
    expect((await packCode({ ...call, hasSecret })).base).not.toBe(one.base);
  });

  it('leaves what git ignores, and what holds a secret, on the machine', async () => {
    const repo = useRepository();
    repo.write('.gitignore', 'ignored.txt\n');
    repo.write('ignored.txt', 'x\n');
    repo.write('.env', 'DB_PASSWORD=hunter2hunter2\n');
    repo.write('id_ed25519', 'x\n');
    repo.write('notes.md', 'The password is hunter2hunter2.\n');
    repo.write('aws.md', `key: ${'AKIA'}${'QWERTYUIOPASDFGH'}\n`);
    repo.write('a.txt', `token ghp_${'a1B2c3D4e5F6g7H8i9J0'}${'k1L2m3N4o5P6q7R8'}\n`);
    repo.write('plain.md', 'nothing\n');
    const { code, read, tree, clone } = await send(repo);
    expect([...code.leftOut].sort()).toEqual(['.env', 'a.txt', 'aws.md', 'id_ed25519', 'notes.md']);
    expect(read('a.txt')).toBe(repo.git('show', 'HEAD:a.txt'));
    for (const name of ['.env', 'id_ed25519', 'notes.md', 'aws.md', 'ignored.txt'])
      expect(() => read(name)).toThrow('ENOENT');
    expect(read('plain.md')).toBe('nothing\n');
    // Nor is it among the objects that were sent.
    const objects = repo.git('-C', clone.gitDir, 'cat-file', '--batch-all-objects', '--batch');
    expect(objects).not.toContain('hunter2');
    expect(tree.base).toBe(code.base);
  });

  it('is refused with both numbers where it is too large', async () => {
    const repo = useRepository();
    repo.write('large.bin', Array.from({ length: 20_000 }, (_, at) => Math.sin(at)).join(' '));
    repo.git('add', 'large.bin');
    repo.git('commit', '--quiet', '--message', 'large');
    await expect(send(repo, 100_000)).rejects.toThrow(/The bundle has 0\.\d MB, and 0\.1 MB may travel/);
  });

  it('is never fetched by a way that runs or reads what the sender likes', async () => {
    const repo = useRepository();
    const { base, env } = repo;
    const { code } = await pack(repo);
    const clone = await openClone(join(base, 'clones'), { name: code.repository, prefix: '', env });
    const mark = join(base, 'ran');
    for (const remote of [
      repo.root,
      `file://${repo.root}`,
      `ext::sh -c touch% ${mark}`,
      `--upload-pack=touch ${mark}`,
    ])
      expect(await fetchCommit(clone, remote, { commit: code.head, env })).toBe(false);
    expect(await hasCommit(clone, code.head, env)).toBe(false);
    expect(() => readFileSync(mark)).toThrow('ENOENT');
  });
});
