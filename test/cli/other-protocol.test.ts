import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

/** Answers as a daemon of another protocol does, for as long as the process lives that stands for it. */
async function useForeignDaemon({ paths }: CliHome): Promise<number> {
  const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
  const pid = sleeper.pid ?? 0;
  const health = { version: '9.0.0', protocol: 9, pid, startedAt: 0, state: 'serving' };
  const server = createServer(({ url }, response) => {
    const known = url === '/v1/health' || url === '/v1/shutdown';
    response.writeHead(known ? 200 : 426, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? health : { error: MISMATCH }));
    if (url === '/v1/shutdown') sleeper.kill('SIGKILL');
  });
  server.listen(paths.socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    sleeper.kill('SIGKILL');
    server.close();
  });
  return pid;
}

const MISMATCH = { code: 'protocol-mismatch', message: 'I speak protocol 9.' };

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

  it('is left alone by a run, which says what to do', async () => {
    const home = useCli(cli);
    await useForeignDaemon(home);
    const { code, stderr } = await home.omcm(['run', '--agent', 'explore', 'hi']);
    expect(code).toBe(3);
    expect(stderr).toContain('newer than this `omcm`');
  });

  it('can be stopped all the same', async () => {
    const home = useCli(cli);
    const pid = await useForeignDaemon(home);
    expect(await home.json(['daemon', 'stop'])).toEqual({ stopped: true, pid });
  });
});
