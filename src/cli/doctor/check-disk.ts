/** Is there room for what is kept? Without any, calls still run, and nothing of them is written down. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Messages } from '../messages.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const MEGABYTE = 1024 * 1024;
/** Logs take 80 MB at most, and OpenCode keeps the sessions of delegated tasks beside them. */
const ENOUGH_MB = 500;
const TOO_LITTLE_MB = 20;

export async function checkDisk(folder: string, { doctor }: Messages): Promise<Finding> {
  const free = await freeMegabytes(folder);
  if (free === null || free >= ENOUGH_MB) return ok('disk', doctor.disk());
  const judge = free < TOO_LITTLE_MB ? fail : warn;
  return judge('disk', doctor.diskFull(free, folder), doctor.diskRemedy());
}

/** `null` where the system does not tell. */
async function freeMegabytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / MEGABYTE);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isMissing && dirname(folder) !== folder ? freeMegabytes(dirname(folder)) : null;
  }
}
