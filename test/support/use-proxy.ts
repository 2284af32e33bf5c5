// The way to a server, which a test can have swallow everything: no word comes through, and no end of a connection.
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

export type Proxy = {
  readonly port: number;
  readonly swallow: () => void;
  /** What was connected before stays dumb, as after a machine that has lost its power. */
  readonly mend: () => void;
};

export async function useProxy(to: number): Promise<Proxy> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let isDumb = false;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
    if (isDumb) return;
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port,
    swallow: () => {
      isDumb = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend: () => {
      isDumb = false;
    },
  };
}
