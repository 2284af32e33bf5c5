/** Puts one file of ours into a place of the user's. */
import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, lstat, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Fails where something is there. */
export async function putNew(from: string, to: string): Promise<void> {
  const { isLink, target } = await readLink(from);
  if (isLink) return symlink(target, to);
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    // Another disk, or one without links.
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

/** In place of what is there, in one step. */
export async function putOver(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const beside = join(dirname(to), `.omcm-${randomBytes(6).toString('hex')}`);
    try {
      await copy(from, beside);
      await rename(beside, to);
    } finally {
      await rm(beside, { force: true });
    }
  }
}

/** A link is copied as one. */
export async function copy(from: string, to: string): Promise<void> {
  const { isLink, target } = await readLink(from);
  if (isLink) await symlink(target, to);
  else await copyFile(from, to, constants.COPYFILE_EXCL);
}

async function readLink(path: string): Promise<{ readonly isLink: boolean; readonly target: Buffer }> {
  const isLink = (await lstat(path)).isSymbolicLink();
  return { isLink, target: isLink ? await readlink(path, 'buffer') : Buffer.alloc(0) };
}
