// Replaces a file as a whole: a reader sees the old text or the new, and nobody else sees either.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** `durable: false` for what may be lost when the machine stops: it need not wait for the disk. */
export async function writePrivateFile(file: string, text: string, { durable = true } = {}): Promise<void> {
  await makePrivateDir(path.dirname(file));
  await writeFileAtomic(file, text, { mode: 0o600, fsync: durable });
}

export async function makePrivateDir(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
}
