import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listRecentFiles } from '../../../src/adapters/git/list-recent-files.ts';
import { makeTempFolder } from '../files/temp-folder.ts';

async function repository(): Promise<string> {
  const folder = await makeTempFolder();
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  const commit = (file: string) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), file);
    git('add', '.');
    git('-c', 'user.name=t', '-c', 'user.email=t@example.invalid', 'commit', '-qm', file);
  };
  git('init', '-q', '-b', 'trunk');
  for (const file of ['old.ts', 'src/한글 이름.ts', 'src/new.ts']) commit(file);
  return folder;
}

describe('what git has seen change', () => {
  it('is what is not committed, newest first, and then what the last commits did', async () => {
    const folder = await repository();
    writeFileSync(join(folder, 'old.ts'), 'changed');
    writeFileSync(join(folder, 'untracked "x".ts'), 'new');
    utimesSync(join(folder, 'old.ts'), 1_000, 1_000);
    expect(await listRecentFiles(folder)).toEqual({
      branch: 'trunk',
      changed: ['untracked "x".ts', 'old.ts', 'src/new.ts', 'src/한글 이름.ts'],
    });
  });

  it('is told as seen from the folder, and of a removed file too', async () => {
    const folder = await repository();
    rmSync(join(folder, 'src', 'new.ts'));
    expect((await listRecentFiles(join(folder, 'src'))).changed).toEqual(['new.ts', '한글 이름.ts']);
  });

  it('is nothing where there is no repository, or no folder', async () => {
    const nothing = { branch: null, changed: [] };
    expect(await listRecentFiles(await makeTempFolder())).toEqual(nothing);
    expect(await listRecentFiles(join(await makeTempFolder(), 'gone'))).toEqual(nothing);
  });
});
