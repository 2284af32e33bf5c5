import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import type { CliHome } from './use-cli.ts';

export type ForeignDaemon = { readonly version: string; readonly protocol: number };

const MISMATCH = { code: 'protocol-mismatch', message: 'I speak protocol 9.' };

/** Answers as a daemon of another version does, for as long as the process lives that stands for it. */
export async function useForeignDaemon(
  { paths }: CliHome,
  { version, protocol }: ForeignDaemon = { version: '9.0.0', protocol: 9 },
): Promise<number> {
  const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
  const pid = sleeper.pid ?? 0;
  const health = { version, protocol, pid, startedAt: 0, state: 'serving' };
  const server = createServer(({ url }, response) => {
    const known = url === '/v1/health' || url === '/v1/shutdown';
    response.writeHead(known ? 200 : 426, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(known ? health : { error: MISMATCH }));
    if (url !== '/v1/shutdown') return;
    server.close();
    sleeper.kill('SIGKILL');
  });
  server.listen(paths.socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    sleeper.kill('SIGKILL');
    server.close();
  });
  return pid;
}
