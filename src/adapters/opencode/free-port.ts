/** Which port can a new server have? A port that somebody listens on is skipped, never touched. */
import { createServer } from 'node:net';

/** Ports that `fetch` refuses to talk to (WHATWG "bad port" list), as far as they lie above 1024. */
const BLOCKED = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
]);

export async function findFreePort(
  from: number,
  skip: ReadonlySet<number> = new Set(),
): Promise<number | null> {
  for (let port = from; port < from + 200; port += 1) {
    if (!BLOCKED.has(port) && !skip.has(port) && (await canListen(port))) return port;
  }
  return null;
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
