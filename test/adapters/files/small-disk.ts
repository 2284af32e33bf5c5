import { execFile } from 'node:child_process';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** A file system of the running test, small enough to fill; null where we may not mount one. */
export async function mountSmallDisk(size = '64k'): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = await mkdtemp(path.join(tmpdir(), 'omcm-small-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder]);
  } catch {
    await rmdir(folder);
    return null;
  }
  onTestFinished(async () => {
    await run('umount', [folder]);
    await rmdir(folder);
  });
  return folder;
}

export async function makeReadOnly(disk: string): Promise<void> {
  await run('mount', ['-o', 'remount,ro', disk]);
}
