/** What tells whether somebody has touched a file since. */
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type FileFacts = {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly mode: bigint;
};

/** `null` where there is no file; a folder is none. */
export async function readFacts(path: string): Promise<FileFacts | null> {
  try {
    const found = await lstat(path, { bigint: true });
    const { ino, size, mtimeNs, ctimeNs, mode } = found;
    return found.isDirectory() ? null : { ino, size, mtimeNs, ctimeNs, mode };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

export function areSame(one: FileFacts | null, other: FileFacts | null): boolean {
  if (one === null || other === null) return one === other;
  const { ino, size, mtimeNs, ctimeNs, mode } = one;
  return (
    ino === other.ino &&
    size === other.size &&
    mtimeNs === other.mtimeNs &&
    ctimeNs === other.ctimeNs &&
    mode === other.mode
  );
}

/**
 * Every folder above the path is one, or is not there yet: a link would lead out of the tree. What is about to go does
 * not count.
 */
export async function hasPlainWay(root: string, path: string, going: ReadonlySet<string>): Promise<boolean> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (going.has(folder)) continue;
    const found = await lstat(join(root, folder)).catch(() => null);
    if (found !== null && !found.isDirectory()) return false;
  }
  return true;
}
