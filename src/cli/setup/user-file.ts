// A file that belongs to the user: read as bytes, replaced as a whole, with its rights and its place behind a link kept.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { errorCode } from '../../adapters/files/file-failure.ts';

export async function readBytes(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** `null` removes the file. */
export async function replaceFile(file: string, bytes: Buffer | string | null): Promise<void> {
  if (bytes === null) return rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  // Without a mode it keeps the one that the file has.
  await writeFileAtomic(file, bytes);
}

export function fingerprint(bytes: Buffer | string | null): string | null {
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
}
