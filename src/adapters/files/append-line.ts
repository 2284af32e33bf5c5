// Appends one line that no other process can tear: O_APPEND, one write.
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './file-failure.ts';
import { makePrivateDir } from './write-private-file.ts';

const NEWLINE = 0x0a;

/** Gives the file's size before the line. Throws the file system's errors. */
export async function appendLine(file: string, line: string): Promise<number> {
  const handle = await openForAppending(file);
  try {
    const { size } = await handle.stat();
    // A disk that was full may have left half a line; it must not swallow this one.
    const lead = (await endsInsideLine(handle, size)) ? '\n' : '';
    const bytes = Buffer.from(`${lead}${line}\n`);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length) {
      throw Object.assign(new Error(`Only a part of the line was written`), { code: 'ENOSPC' });
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

async function endsInsideLine(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== NEWLINE;
}
