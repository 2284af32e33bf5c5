// Appends one line that no other process can tear: O_APPEND, one write.
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './file-failure.ts';
import { makePrivateDir } from './write-private-file.ts';

const NEWLINE = 0x0a;
const OTHER_WRITE_MS = 5;

/** Gives the file's size before the line. Throws the file system's errors. */
export async function appendLine(file: string, line: string): Promise<number> {
  const handle = await openForAppending(file);
  try {
    const { size } = await handle.stat();
    // A disk that was full may have left half a line; it must not swallow this one.
    const lead = (await endsInsideLine(handle)) ? '\n' : '';
    const bytes = Buffer.from(`${lead}${line}\n`);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length) {
      throw Object.assign(new Error('Only a part of the line was written'), { code: 'ENOSPC' });
    }
    return size;
  } finally {
    await handle.close();
  }
}

async function openForAppending(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'a+', 0o600);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await makePrivateDir(path.dirname(file));
    return open(file, 'a+', 0o600);
  }
}

async function endsInsideLine(handle: FileHandle): Promise<boolean> {
  const before = await lookAtEnd(handle);
  if (before.complete) return false;
  // Another process may be in the middle of its write: the size shows before all of it is there.
  await sleep(OTHER_WRITE_MS);
  const after = await lookAtEnd(handle);
  return !after.complete && after.size === before.size;
}

async function lookAtEnd(handle: FileHandle): Promise<{ readonly size: number; readonly complete: boolean }> {
  const { size } = await handle.stat();
  if (size === 0) return { size, complete: true };
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return { size, complete: buffer[0] === NEWLINE };
}
