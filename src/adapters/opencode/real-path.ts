import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * Where would this be on the disk? A file that is yet to be written has no real path, but its nearest existing
 * folder has one; and what is written to a link whose target is missing is written there.
 */
export async function realPath(path: string, links = MAX_LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const target = links === 0 ? null : await readlink(path).catch(() => null);
    const parent = dirname(path);
    if (target !== null) return realPath(resolve(parent, target), links - 1);
    return parent === path ? path : join(await realPath(parent, links), basename(path));
  }
}
