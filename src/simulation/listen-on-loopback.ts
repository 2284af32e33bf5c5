import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `fetch` refuses a list of ports, the highest of them 10080 (WHATWG "bad port"). */
const HIGHEST_BAD_PORT = 10_080;

export interface LoopbackServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function listenOnLoopback(listener: RequestListener): Promise<LoopbackServer> {
  // Never closed from this side: a client that uses a connection again in that moment would see it break.
  const server = createServer({ keepAliveTimeout: 0 }, listener);
  const port = await listen(server);
  if (port > HIGHEST_BAD_PORT) return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
  const other = await listenOnLoopback(listener);
  await close(server);
  return other;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
