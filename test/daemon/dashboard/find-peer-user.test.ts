import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { findPeerUser } from '../../../src/daemon/dashboard/find-peer-user.ts';

it.runIf(process.platform === 'linux')(
  'says whose a connection is that comes from this machine',
  async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const met = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => {
      client.destroy();
      server.close();
    });
    const { remotePort = 0 } = await met;
    expect(await findPeerUser(remotePort, port)).toBe(process.getuid?.());
    expect(await findPeerUser(1, port)).toBeNull();
  },
);
