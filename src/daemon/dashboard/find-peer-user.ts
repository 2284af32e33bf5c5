/** Which user of this machine is at the other end of a connection? Where the system says so. */
import { readFile } from 'node:fs/promises';

const TABLE = '/proc/net/tcp';
const LOOPBACK = '0100007F';

/** `null`: it cannot be said here. */
export async function findPeerUser(peerPort: number, ownPort: number): Promise<number | null> {
  const table = await readFile(TABLE, 'utf8').catch(() => '');
  return readPeerUser(table, peerPort, ownPort);
}

function readPeerUser(table: string, peerPort: number, ownPort: number): number | null {
  const [peer, own] = [peerPort, ownPort].map((port) => `${LOOPBACK}:${hex(port)}`);
  for (const line of table.split('\n')) {
    const [, local, remote, , , , , user] = line.trim().split(/\s+/);
    if (local === peer && remote === own) return Number(user);
  }
  return null;
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
