import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below those that systems give to whoever connects. From among these a server that is stopped for a while does not get
 * its port back: who tries to connect to it may be given that very port, and is then connected with itself.
 */
const FROM = 26_000;
const UNTIL = 32_000;

/** On 127.0.0.1; free as of now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FROM + Math.floor(Math.random() * (UNTIL - FROM));
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
