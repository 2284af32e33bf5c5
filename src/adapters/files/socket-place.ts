/**
 * Does the folder of the daemon's socket belong to somebody else? Where the state folder's path is too long for a socket,
 * it lies in `/tmp/omcm-<uid>`, which anybody may have made first: to listen there in place of our daemon.
 */
import { basename, dirname } from 'node:path';

const SHORT_PLACE = /^omcm-[^/]+$/;
const WRITABLE_BY_OTHERS = 0o022;

export function isForeignPlace(socketPath: string): boolean {
  const folder = dirname(socketPath);
  if (process.platform === 'win32' || !SHORT_PLACE.test(basename(folder))) return false;
  const found = process.getBuiltinModule('node:fs').lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return false;
  return !found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & WRITABLE_BY_OTHERS) !== 0;
}
