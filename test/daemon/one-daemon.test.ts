import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Health } from '../../src/protocol/status.ts';
import { buildPrograms } from './support/build-programs.ts';
import { killDaemons } from './support/daemon-processes.ts';
import { until } from './support/until.ts';
import { type DaemonHome, useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

async function pidOf(home: DaemonHome): Promise<number> {
  return ((await home.call('GET', '/v1/health')).body as Health).pid;
}

/** A pid that nobody has: its process has ended. */
async function pidOfTheDead(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-p', 'process.pid']);
  return Number(stdout);
}

describe('clients that start at once', () => {
  it('are answered by the same daemon, twenty of them, and there is no other', async () => {
    const home = useDaemonHome();
    const ensured = await Promise.all(Array.from({ length: 20 }, () => home.ensure(programs)));
    const pids = ensured.map((one) => (one.ok ? one.health.pid : one.message));
    expect(new Set(pids).size).toBe(1);
    await until(() => home.daemons().length === 1);
    expect(home.daemons()).toEqual([pids[0]]);
  });

  it('are so also after a daemon was killed that left its socket, its endpoint and its lock behind', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    const killed = await pidOf(home);
    await killDaemons(home.home);
    expect(existsSync(home.paths.socketPath)).toBe(true);
    writeFileSync(join(home.paths.stateDir, 'omcmd.lock'), String(killed));

    const ensured = await Promise.all(Array.from({ length: 8 }, () => home.ensure(programs)));

    const pids = ensured.map((one) => (one.ok ? one.health.pid : one.message));
    expect(new Set(pids).size).toBe(1);
    expect(pids[0]).not.toBe(killed);
    await until(() => home.daemons().length === 1);
  });
});

describe('the next start works at once', () => {
  it('after the daemon was killed', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    await killDaemons(home.home);
    expect(await home.ensure(programs, 5_000)).toMatchObject({ ok: true, started: true });
  });

  it.each([
    ['by a process that is gone', () => pidOfTheDead().then(String)],
    ['without a word in it', () => Promise.resolve('')],
    ['with something else in it', () => Promise.resolve('not a pid')],
  ])('where a lock was left %s', async (_how, content) => {
    const home = useDaemonHome();
    const lock = join(home.paths.stateDir, 'omcmd.lock');
    mkdirSync(home.paths.stateDir);
    writeFileSync(lock, await content());
    expect(await home.ensure(programs, 5_000)).toMatchObject({ ok: true });
    await until(() => !existsSync(lock));
  });

  it('where the socket is an ordinary file and the endpoint is nonsense', async () => {
    const home = useDaemonHome();
    mkdirSync(home.paths.stateDir);
    writeFileSync(home.paths.socketPath, 'not a socket');
    writeFileSync(home.paths.endpointFile, '{');
    expect(await home.ensure(programs, 5_000)).toMatchObject({ ok: true });
    expect(JSON.parse(readFileSync(home.paths.endpointFile, 'utf8'))).toMatchObject({
      pid: await pidOf(home),
      socketPath: home.paths.socketPath,
      version: programs.version,
    });
  });
});

describe('a daemon leaves by itself', () => {
  it('when its socket was removed, and takes nothing of its successor with it', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    const [first = 0] = home.daemons();
    rmSync(home.paths.socketPath);
    await home.ensure(programs);
    const second = await pidOf(home);
    expect(second).not.toBe(first);

    await until(() => !home.daemons().includes(first));

    expect(home.daemons()).toEqual([second]);
    expect(await pidOf(home)).toBe(second);
    expect(JSON.parse(readFileSync(home.paths.endpointFile, 'utf8'))).toMatchObject({ pid: second });
  });

  it('when the state folder was deleted', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    await until(() => isRemoved(home.paths.stateDir));
    await until(() => home.daemons().length === 0, 20_000);
  });
});

describe('a daemon that is there', () => {
  it('writes its endpoint file again when somebody cleared it away', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    rmSync(home.paths.endpointFile);
    await until(() => existsSync(home.paths.endpointFile));
    expect(home.daemons()).toEqual([await pidOf(home)]);
  });

  it('lets nobody but its owner read or enter anything of it', async () => {
    const home = useDaemonHome();
    await home.ensure(programs);
    for await (const _ of home.stream({ agent: 'explore', prompt: 'x', directory: home.projectDir }));
    await home.call('POST', '/v1/warm', { directory: home.projectDir });
    const { paths } = home;
    await until(() => existsSync(join(paths.logsDir, 'omcmd.log')));
    const modes = [
      paths.stateDir,
      paths.logsDir,
      join(paths.stateDir, 'opencode'),
      paths.socketPath,
      paths.endpointFile,
      paths.routingLogFile,
      join(paths.logsDir, 'omcmd.log'),
      join(paths.logsDir, 'omcmd.out'),
    ].map((path) => [path.replace(`${paths.stateDir}/`, ''), (statSync(path).mode & 0o777).toString(8)]);
    expect(Object.fromEntries(modes)).toEqual({
      [paths.stateDir]: '700',
      logs: '700',
      opencode: '700',
      'omcmd.sock': '600',
      'omcmd.json': '600',
      'routing-log.jsonl': '600',
      'logs/omcmd.log': '600',
      'logs/omcmd.out': '600',
    });
  });

  it('is found under a home whose path is too long for a socket', async () => {
    const home = useDaemonHome({ name: `${'long '.repeat(20)}길다` });
    onTestFinished(() => rmSync(home.paths.socketPath, { force: true }));
    expect(await home.ensure(programs)).toMatchObject({ ok: true });
    expect(home.paths.socketPath.startsWith(home.home)).toBe(false);
    expect((statSync(dirname(home.paths.socketPath)).mode & 0o777).toString(8)).toBe('700');
    expect((await home.call('GET', '/v1/health')).status).toBe(200);
  });
});

/** The daemon may just be writing into it, after it was looked through. */
function isRemoved(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
