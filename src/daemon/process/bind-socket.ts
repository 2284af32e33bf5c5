/**
 * The bound socket is the lock: whoever stands under its name is the daemon. Called under the start lock.
 *
 * The socket is bound under a name of its own and then moved to where clients look. So the file of a daemon that
 * was killed is replaced in one step, and closing, which removes the file that was bound, removes no successor's.
 */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { isForeignPlace } from '../../adapters/files/socket-place.ts';
import type { Endpoint } from '../../protocol/status.ts';

export type BoundSocket = {
  /** False once our socket is no longer where clients look: nobody can reach us any more. */
  holdPlace(): Promise<boolean>;
  release(): Promise<void>;
};

export type BindOptions = {
  readonly server: Server;
  readonly endpointFile: string;
  readonly endpoint: Endpoint;
};

const CLOSE_IDLE_MS = 10;
const LAST_WRITES_MS = 500;

export async function bindSocket({ server, endpointFile, endpoint }: BindOptions): Promise<BoundSocket> {
  const { socketPath } = endpoint;
  const writeEndpoint = () => writeFileAtomic(endpointFile, `${JSON.stringify(endpoint)}\n`, { mode: 0o600 });
  const bound = isPipe(socketPath) ? socketPath : await makePlace(socketPath);
  await listenPrivately(server, bound);
  // Before the socket is in its place: whoever is answered there finds the file.
  await writeEndpoint();
  if (bound !== socketPath) await rename(bound, socketPath);
  const own = await inode(socketPath);
  const isOurs = async () => isPipe(socketPath) || (own !== null && (await inode(socketPath)) === own);
  return {
    holdPlace: async () => {
      if (!(await isOurs())) return false;
      // Whoever clears the state folder of its files would hide us from the clients that look there.
      if ((await inode(endpointFile)) === null) await writeEndpoint().catch(() => undefined);
      return true;
    },
    release: async () => {
      if (await isOurs()) {
        await rm(endpointFile, { force: true });
        if (!isPipe(socketPath)) await rm(socketPath, { force: true });
      }
      await closeServer(server);
    },
  };
}

/** A name for us alone, in the folder where clients look. */
async function makePlace(socketPath: string): Promise<string> {
  const folder = dirname(socketPath);
  const bound = join(folder, `${process.pid}.sock`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (isForeignPlace(socketPath))
    throw new Error(
      `${folder} belongs to somebody else, or others may write to it: name a short path in OMCM_HOME`,
    );
  await rm(bound, { force: true });
  return bound;
}

async function listenPrivately(server: Server, path: string): Promise<void> {
  const umask = process.umask(0o177);
  try {
    await listen(server, path);
  } finally {
    process.umask(umask);
  }
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

/** What is being written may still go out; who only keeps a connection is cut. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const watch = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
  const limit = setTimeout(() => server.closeAllConnections(), LAST_WRITES_MS);
  await closed;
  clearInterval(watch);
  clearTimeout(limit);
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
