/** May a client reach the daemon: do unix sockets work here, and in the sandbox of Claude Code's commands? */
import { once } from 'node:events';
import { access, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { errorCode } from '../../adapters/files/file-failure.ts';
import { isJsonObject, type JsonObject } from '../../adapters/files/read-json-object.ts';
import type { Messages } from '../messages.ts';
import type { ClaudeSetup } from './claude-setup.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export async function checkSockets(
  socketPath: string,
  { settings }: ClaudeSetup,
  m: Messages,
): Promise<readonly Finding[]> {
  // Windows has named pipes, which nothing of this concerns.
  if (process.platform === 'win32') return [];
  const { doctor } = m;
  const obstacle = await findObstacle(await placeBeside(socketPath));
  const works =
    obstacle === null
      ? ok('sockets', doctor.sockets())
      : fail('sockets', doctor.socketsForbidden(obstacle), doctor.socketsRemedy());
  const closing = settings.find(({ settings: said }) => isSandboxed(said));
  if (closing === undefined || settings.some(({ settings: said }) => admits(said, socketPath)))
    return [works];
  const remedy = doctor.sandboxRemedy(process.platform === 'darwin' ? socketPath : null);
  return [works, warn('sandbox', doctor.sandboxForbids(closing.file), remedy)];
}

/** In the folder of the daemon's own, where that is there. */
async function placeBeside(socketPath: string): Promise<string> {
  const folder = dirname(socketPath);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return join(isThere ? folder : tmpdir(), `.try-${process.pid}`);
}

async function findObstacle(path: string): Promise<string | null> {
  const server = createServer((socket) => socket.end());
  try {
    server.listen(path);
    await once(server, 'listening');
    const client = connect(path);
    await once(client, 'connect');
    client.destroy();
    return null;
  } catch (error) {
    return errorCode(error) ?? String(error);
  } finally {
    server.close();
    await rm(path, { force: true }).catch(() => undefined);
  }
}

function isSandboxed({ sandbox }: JsonObject): boolean {
  return isJsonObject(sandbox) && sandbox.enabled === true;
}

/** On Linux only all or none: its filter does not see the path. */
function admits({ sandbox }: JsonObject, socketPath: string): boolean {
  const network = isJsonObject(sandbox) && isJsonObject(sandbox.network) ? sandbox.network : {};
  if (network.allowAllUnixSockets === true) return true;
  const { allowUnixSockets: paths } = network;
  return process.platform === 'darwin' && Array.isArray(paths) && paths.includes(socketPath);
}
