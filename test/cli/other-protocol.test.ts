import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

/** Answers as a daemon does that speaks another protocol, for as long as the process lives that stands for it. */
async function useForeignDaemon({ paths }: CliHome): Promise<number> {
  const server = createServer((_, response) => {
    response.writeHead(426, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 'protocol-mismatch', message: 'I speak protocol 9.' } }));
  });
  server.listen(paths.socketPath);
  await once(server, 'listening');
  const process = spawn('sleep', ['60'], { stdio: 'ignore' });
  const leave = () => {
    server.closeAllConnections();
    server.close();
    rmSync(paths.socketPath, { force: true });
  };
  process.once('exit', leave);
  onTestFinished(() => {
    process.kill('SIGKILL');
    leave();
  });
  const pid = process.pid ?? 0;
  const endpoint = { socketPath: paths.socketPath, pid, version: '9.0.0', protocol: 9 };
  writeFileSync(paths.endpointFile, JSON.stringify(endpoint));
  return pid;
}

describe('a daemon that speaks another protocol', () => {
  it('is told of, and not taken for a daemon that is gone', async () => {
    const home = useCli(cli);
    await useForeignDaemon(home);
    const { code, stderr } = await home.omcm(['daemon', 'status']);
    expect(code).toBe(3);
    expect(stderr).toContain('I speak protocol 9.');
  });

  it('is not asked what would happen', async () => {
    const home = useCli(cli);
    await useForeignDaemon(home);
    const { code, stdout, stderr } = await home.omcm(['route', '--agent', 'explore', '--explain']);
    expect(code).toBe(0);
    expect(stdout).toContain('fusion-default-explore');
    expect(stderr).toBe('The running daemon could not be asked; decided without it.\n');
  });

  it('can be stopped all the same', async () => {
    const home = useCli(cli);
    const pid = await useForeignDaemon(home);
    expect(await home.json(['daemon', 'stop'])).toEqual({ stopped: true, pid });
  });
});
