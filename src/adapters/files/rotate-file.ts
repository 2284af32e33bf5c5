// log → log.1 → log.2 → log.3 → gone.
//
// Plain renames under a lock, and no rotating stream: several processes append to one log, and a stream
// counts only what it wrote itself and goes on writing to a file that another process has moved.
import { rename, stat } from 'node:fs/promises';
import { errorCode } from './file-failure.ts';
import { withFileLock } from './with-file-lock.ts';

export const KEPT_FILES = 3;

/** Throws the file system's errors. A process that opened the log before appends to what is now log.1. */
export async function rotateFile(file: string, maxBytes: number): Promise<void> {
  await withFileLock(file, async () => {
    // Another process may have rotated while this one waited.
    if ((await sizeOf(file)) < maxBytes) return;
    for (let number = KEPT_FILES; number > 0; number -= 1) {
      await renameIfThere(number === 1 ? file : `${file}.${number - 1}`, `${file}.${number}`);
    }
  });
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
