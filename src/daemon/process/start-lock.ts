/**
 * Which of the daemons that start at the same moment may go on? One at a time, and a lock that its holder's death
 * opens: whoever was killed while starting must not make the next one wait.
 *
 *   somebody answers ──▶ null, there is nothing to start
 *   no lock ──▶ ours, with our pid in it
 *   its holder lives ──▶ look again soon
 *   its holder is gone ──▶ remove it, then look again
 */
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { processIsAlive } from '../../adapters/processes/process-is-alive.ts';

export type StartLock = { release(): Promise<void> };

export type StartPlace = { readonly lockFile: string; readonly socketPath: string };

const POLL_MS = 20;
/** A start takes well under a second: a pid that holds for so long has become somebody else's. */
const LONGEST_START_MS = 15_000;
/** Between the creation of the file and the pid in it. */
const LONGEST_WRITE_MS = 1_000;

export async function takeStartLock({ lockFile, socketPath }: StartPlace): Promise<StartLock | null> {
  await mkdir(dirname(lockFile), { recursive: true, mode: 0o700 });
  for (;;) {
    if (await somebodyAnswers(socketPath)) return null;
    if (await create(lockFile)) return keepUnlessServed(lockFile, socketPath);
    if (!(await isStarting(lockFile))) await removeIfDead(lockFile);
    else await sleep(POLL_MS);
  }
}

/** Between our look and our lock another may have started, served and let go of the lock. */
async function keepUnlessServed(lockFile: string, socketPath: string): Promise<StartLock | null> {
  const release = () => rm(lockFile, { force: true });
  if (!(await somebodyAnswers(socketPath))) return { release };
  await release();
  return null;
}

async function create(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(String(process.pid)).finally(() => handle.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether a daemon that lives is on its way. */
export async function isStarting(file: string): Promise<boolean> {
  const held = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch(() => null);
  if (held === null) return false;
  const [text, { mtimeMs }] = held;
  const age = Date.now() - mtimeMs;
  if (text === '') return age < LONGEST_WRITE_MS;
  return age < LONGEST_START_MS && processIsAlive(Number(text));
}

/** Two that see the same dead lock must not remove each other's fresh one: they look again, one by one. */
async function removeIfDead(file: string): Promise<void> {
  const unlock = await lockfile.lock(dirname(file), {
    lockfilePath: `${file}.removal`,
    stale: 2_000,
    retries: { retries: 200, minTimeout: 5, maxTimeout: 30 },
    onCompromised: () => undefined,
  });
  try {
    if (!(await isStarting(file))) await rm(file, { force: true });
  } finally {
    await unlock().catch(() => undefined);
  }
}

function somebodyAnswers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => done(true));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}
