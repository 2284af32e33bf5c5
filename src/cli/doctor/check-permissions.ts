/** Can anybody else on this machine read what is kept: prompts, reports, the daemon's socket? */
import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Messages } from '../messages.ts';
import { type Finding, ok, warn } from './finding.ts';

const OF_OTHERS = 0o077;

export async function checkPermissions(stateDir: string, { doctor }: Messages): Promise<Finding> {
  // Windows has no such bits: a user's folder is closed to others there by inheritance.
  const open = process.platform === 'win32' ? [] : await findOpen(stateDir);
  if (open.length === 0) return ok('permissions', doctor.permissions());
  const found = warn(
    'permissions',
    doctor.permissionsOpen(open.length, stateDir),
    doctor.permissionsRemedy(stateDir),
  );
  return { ...found, fix: () => close(open) };
}

async function findOpen(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const paths = [folder, ...names.map((name) => join(folder, name))];
  const judged = await Promise.all(paths.map(async (path) => ((await isOpen(path)) ? [path] : [])));
  return judged.flat();
}

/** Not through a link: where it leads is not ours. */
async function isOpen(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  if (found === null || found.isSymbolicLink() || found.uid !== process.getuid?.()) return false;
  return (found.mode & OF_OTHERS) !== 0;
}

async function close(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const found = await lstat(path).catch(() => null);
    if (found !== null && !found.isSymbolicLink())
      await chmod(path, found.mode & 0o700).catch(() => undefined);
  }
}
