// One writer at a time, across processes. The lock is a folder beside the file.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { errorCode } from './file-failure.ts';
import { makePrivateDir } from './write-private-file.ts';

/** A lock whose holder died is taken over after this. Holders renew theirs at half of it. */
const STALE_MS = 5_000;
/** Longer than the above, or a holder that died would make the next writer fail. */
const LONGEST_WAIT_MS = 8_000;
const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 30;

/**
 * A process that slept through STALE_MS has lost the lock to another one. Its write still replaces the file as
 * a whole, so that the worst is one lost change; the library's own answer would be to crash the process.
 */
const onCompromised = (): void => undefined;

/** Throws an error with the code ELOCKED when the wait was in vain, and the file system's own errors. */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await makePrivateDir(path.dirname(file));
  const release = await acquire(file);
  try {
    return await work();
  } finally {
    // Fails only for a lock that was lost, and then there is nothing to release.
    await release().catch(() => undefined);
  }
}

async function acquire(file: string): Promise<() => Promise<void>> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    try {
      return await lockfile.lock(file, { realpath: false, stale: STALE_MS, onCompromised });
    } catch (error) {
      // proper-lockfile's own retries would wait on a full disk as well.
      if (errorCode(error) !== 'ELOCKED' || performance.now() > deadline) throw error;
    }
    await sleep(SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
  }
}
