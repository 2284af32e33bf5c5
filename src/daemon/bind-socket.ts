/**
 * The bound socket is the lock: whoever listens on it is the daemon.
 *
 * A socket file outlives a daemon that was killed, so it must be removed before the next one can bind; two
 * daemons that start at once could each remove the other's. A file lock covers those few milliseconds:
 *
 *   lock ─ somebody answers? ── yes ──▶ not ours, give up
 *            │ no
 *            └─▶ remove the dead file, listen, write the endpoint file ─ unlock
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import type { Endpoint } from '../protocol/status.ts';

export type BoundSocket = {
  /** False once another file stands where our socket was: we can no longer be reached. */
  isStillOurs(): Promise<boolean>;
  release(): Promise<void>;
};

export type BindOptions = {
  readonly server: Server;
  readonly stateDir: string;
  readonly endpointFile: string;
  readonly endpoint: Endpoint;
};

/** `null`: another daemon answers on this socket already. */
export async function bindSocket(options: BindOptions): Promise<BoundSocket | null> {
  const { socketPath } = options.endpoint;
  await mkdir(options.stateDir, { recursive: true, mode: 0o700 });
  if (!isPipe(socketPath)) await mkdir(dirname(socketPath), { recursive: true, mode: 0o700 });
  const unlock = await lockfile.lock(options.stateDir, {
    lockfilePath: `${options.endpointFile}.lock`,
    stale: 5_000,
    retries: { retries: 100, minTimeout: 20, maxTimeout: 100 },
  });
  try {
    if (await somebodyAnswers(socketPath)) return null;
    return await bind(options);
  } finally {
    await unlock().catch(() => undefined);
  }
}

async function bind({ server, endpointFile, endpoint }: BindOptions): Promise<BoundSocket> {
  const { socketPath } = endpoint;
  if (!isPipe(socketPath)) await rm(socketPath, { force: true });
  const umask = process.umask(0o177);
  try {
    await listen(server, socketPath);
  } finally {
    process.umask(umask);
  }
  const own = await inode(socketPath);
  await writeFileAtomic(endpointFile, `${JSON.stringify(endpoint)}\n`, { mode: 0o600 });
  const isStillOurs = async () => isPipe(socketPath) || (own !== null && (await inode(socketPath)) === own);
  return {
    isStillOurs,
    release: async () => {
      if (await isStillOurs()) {
        await rm(endpointFile, { force: true });
        if (!isPipe(socketPath)) await rm(socketPath, { force: true });
      }
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
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

async function inode(path: string): Promise<number | null> {
  return stat(path).then(
    ({ ino }) => ino,
    () => null,
  );
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\.\\pipe\\');
}
