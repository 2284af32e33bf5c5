/** Where OpenCode keeps the sessions of delegated tasks, and how long: no longer than somebody can ask for them. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** One for each server, and one for each way that needs none: no two processes share a SQLite file. */
export function sessionStore(stateDir: string, place: string): string {
  return join(storesFolder(stateDir), `sessions-${place}.db`);
}

export async function removeSessionStore(file: string): Promise<void> {
  // What cannot be removed now is removed when the next daemon starts.
  await Promise.all(SUFFIXES.map((suffix) => rm(`${file}${suffix}`, { force: true }).catch(() => undefined)));
}

/** For a daemon that has just started: conversations are in its memory alone, so there are none yet. */
export async function removeSessionStores(
  stateDir: string,
  isMeant: (place: string) => boolean,
): Promise<number> {
  const files = await readdir(storesFolder(stateDir)).catch(() => []);
  const places = files.flatMap((name) => STORE.exec(name)?.[1] ?? []).filter(isMeant);
  await Promise.all(places.map((place) => removeSessionStore(sessionStore(stateDir, place))));
  return places.length;
}

const STORE = /^sessions-([\w-]+)\.db$/;

/** SQLite's write-ahead log and its index lie beside the file. */
const SUFFIXES = ['', '-wal', '-shm'];

function storesFolder(stateDir: string): string {
  return join(stateDir, 'opencode');
}
