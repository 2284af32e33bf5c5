import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultFile, saveResult } from '../../../src/adapters/files/result-store.ts';
import { makeTempFolder } from './temp-folder.ts';

const resultsDir = async () => path.join(await makeTempFolder(), 'results');

describe('saveResult', () => {
  it('keeps the whole text in a file of the user alone, where it was said to be', async () => {
    const dir = await resultsDir();
    const text = `${'가나다 🎻\n'.repeat(20_000)}end`;
    expect(await saveResult(dir, 'task-1', text)).toEqual({ kind: 'saved', file: resultFile(dir, 'task-1') });
    expect(resultFile(dir, 'task-1')).toBe(path.join(dir, 'task-1.md'));
    expect(await readFile(path.join(dir, 'task-1.md'), 'utf8')).toBe(text);
    expect((await stat(path.join(dir, 'task-1.md'))).mode & 0o777).toBe(0o600);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
  });

  it.each(['../../escape', '/etc/passwd', '', '..', 'a\0b', 'x'.repeat(5_000), '작업', 'a\\b'])(
    'never leaves its folder for the id %j',
    async (taskId) => {
      const dir = await resultsDir();
      expect(await saveResult(dir, taskId, 'text')).toMatchObject({ kind: 'saved' });
      const [name = '', ...others] = await readdir(dir);
      expect(others).toEqual([]);
      expect(name).toMatch(/^[\w-]{1,100}\.md$/);
    },
  );

  it('tells ids apart that need the same changes', async () => {
    const dir = await resultsDir();
    await saveResult(dir, 'a/b', 'one');
    await saveResult(dir, 'a:b', 'two');
    expect(await readdir(dir)).toHaveLength(2);
  });

  it('keeps the newest 200, and files of others', async () => {
    const dir = await resultsDir();
    await mkdir(dir);
    await writeFile(path.join(dir, 'notes.txt'), '');
    const start = Date.UTC(2026, 0, 1) / 1000;
    for (let number = 0; number < 205; number += 1) {
      const file = path.join(dir, `old-${number}.md`);
      await writeFile(file, '');
      await utimes(file, start + number, start + number);
    }
    await saveResult(dir, 'newest', 'text');
    const names = await readdir(dir);
    expect(names.filter((name) => name.endsWith('.md'))).toHaveLength(200);
    expect(names).toEqual(expect.arrayContaining(['notes.txt', 'newest.md', 'old-6.md', 'old-204.md']));
    expect(names).not.toContain('old-5.md');
  });

  it('tells a failure as a value', async () => {
    const folder = await makeTempFolder();
    await writeFile(path.join(folder, 'results'), 'in the way');
    expect(await saveResult(path.join(folder, 'results'), 'task-1', 'text')).toMatchObject({
      kind: 'failed',
      failure: { reason: 'io' },
    });
  });
});
