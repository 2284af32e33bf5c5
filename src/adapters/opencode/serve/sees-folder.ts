/**
 * Does a server on another machine see the same folder as we do, on the same disk? A folder of the same name may be
 * another one, and what is written there would never come back. So a mark is left here, and read there.
 */
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDirectory } from '../is-directory.ts';
import { type OpencodeClient, orThrow } from './connect-client.ts';

/** Rejects where the server cannot be asked; a folder that cannot be marked counts as not seen. */
export async function seesFolder(
  client: OpencodeClient,
  directory: string,
  signal: AbortSignal,
): Promise<boolean> {
  const mark = randomBytes(16).toString('hex');
  const path = await markPath(directory, mark);
  const file = join(directory, path);
  try {
    await writeFile(file, mark, { flag: 'wx', mode: 0o644 });
  } catch {
    return false;
  }
  try {
    // OpenCode answers with no content where there is no such file, or no such folder (1.18.33).
    const { data } = await client.file.read({ directory, path }, { signal, ...orThrow });
    return data.content.trim() === mark;
  } finally {
    await rm(file, { force: true });
  }
}

/** Where git does not look, if there is such a place. */
async function markPath(directory: string, mark: string): Promise<string> {
  const name = `.omcm-mark-${mark.slice(0, 8)}`;
  return (await isDirectory(join(directory, '.git'))) ? `.git/${name}` : name;
}
