// Keeps a network namespace alive for as long as its input is open. In there it answers at ports of 127.0.0.1 for
// servers outside, which it reaches by sockets in the file system: those know no networks.
// Arguments: PORT=SOCKET, as many as there are.
import { connect, createServer } from 'node:net';

const doors = process.argv.slice(2).map((word) => word.split('='));

await Promise.all(
  doors.map(([port, path]) => {
    const server = createServer((near) => {
      const far = connect(path);
      for (const socket of [near, far]) socket.on('error', () => near.destroy() && far.destroy());
      near.pipe(far).pipe(near);
    });
    return new Promise((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
  }),
);
process.stdout.write('ready\n');
process.stdin.resume().once('end', () => process.exit(0));
