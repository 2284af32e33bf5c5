import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../daemon/support/until.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const LIMIT_MS = 60_000;

function writeLog({ paths }: CliHome, entries: readonly object[]): string {
  mkdirSync(paths.logsDir, { recursive: true });
  const file = join(paths.logsDir, 'omcmd.log');
  appendFileSync(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return file;
}

describe('omcm daemon', { timeout: LIMIT_MS }, () => {
  it('starts, tells what it does, stops, and leaves nothing behind', async () => {
    const home = useCli(cli, { name: '내 집 home' });

    const started = await home.omcm(['daemon', 'start']);
    const [pid] = home.daemons();
    expect(started).toEqual({
      code: 0,
      stdout: '',
      stderr: `The daemon 1.0.0 has started (process ${pid}).\n`,
    });

    const status = await home.omcm(['daemon', 'status']);
    expect(status.code).toBe(0);
    expect(status.stdout).toContain(`running: version 1.0.0, process ${pid}`);
    expect(await home.json(['daemon', 'status'])).toMatchObject({
      running: true,
      socketPath: home.paths.socketPath,
      status: { pid, version: '1.0.0', state: 'serving', tasks: { running: 0 } },
    });

    const stopped = await home.omcm(['daemon', 'stop']);
    expect(stopped).toMatchObject({ code: 0, stdout: '' });
    expect(stopped.stderr).toContain(`The daemon has stopped (process ${pid}).\n`);
    expect(home.daemons()).toEqual([]);
    expect(existsSync(home.paths.socketPath)).toBe(false);
  });

  it('may be started twice and stopped twice', async () => {
    const home = useCli(cli);
    const first = (await home.json(['daemon', 'start'])) as { pid: number };
    expect(first).toMatchObject({ started: true, version: '1.0.0', socketPath: home.paths.socketPath });
    expect(await home.json(['daemon', 'start'])).toMatchObject({ started: false, pid: first.pid });
    expect(await home.json(['daemon', 'stop'])).toEqual({ stopped: true, pid: first.pid });
    expect(await home.json(['daemon', 'stop'])).toEqual({ stopped: false, pid: null });
  });

  it('says that it is not running, with a code of its own', async () => {
    const home = useCli(cli);
    expect(await home.omcm(['daemon', 'status'])).toEqual({ code: 3, stdout: 'not running\n', stderr: '' });
    expect(await home.json(['daemon', 'status'])).toEqual({
      running: false,
      socketPath: home.paths.socketPath,
      status: null,
    });
  });

  it('comes back as another process after a restart', async () => {
    const home = useCli(cli);
    const first = (await home.json(['daemon', 'start'])) as { pid: number };
    const second = (await home.json(['daemon', 'restart'])) as { pid: number };
    expect(second).toMatchObject({ started: true });
    expect(second.pid).not.toBe(first.pid);
    // One that came too late to be the daemon may just be leaving.
    await until(() => home.daemons().length === 1);
    expect(home.daemons()).toEqual([second.pid]);
  });

  it('lets a running task end before it stops, unless it must stop now', async () => {
    const home = useCli(cli);
    await home.omcm(['daemon', 'start']);
    const prompt = JSON.stringify({ hang: true });
    const task = home.start(['run', '--agent', 'explore', prompt]);
    await until(async () => (await home.status()).tasks.running === 1);

    const patient = await home.omcm(['daemon', 'stop', '--wait', '1']);
    expect(patient.code).toBe(1);
    expect(patient.stderr).toContain('running tasks have ended: 1');
    expect(patient.stderr).toContain('`omcm daemon stop --now` cancels them');
    expect(home.daemons()).toHaveLength(1);

    expect((await home.omcm(['daemon', 'stop', '--now'])).code).toBe(0);
    expect(home.daemons()).toEqual([]);
    expect((await task.result).code).not.toBe(0);
  });

  it('serves in the foreground until it is interrupted', async () => {
    const home = useCli(cli);
    const serving = home.start(['daemon', 'serve']);
    await until(async () => (await home.omcm(['daemon', 'status'])).code === 0);
    expect(await home.json(['daemon', 'status'])).toMatchObject({ status: { pid: serving.child.pid } });
    expect((await home.omcm(['daemon', 'serve'])).code).toBe(1);
    serving.child.kill('SIGINT');
    expect((await serving.result).code).toBe(0);
    expect(existsSync(home.paths.socketPath)).toBe(false);
  });

  it('says so when it does not start, and how to find out why', async () => {
    const home = useCli(cli);
    mkdirSync(home.paths.socketPath, { recursive: true });
    const { code, stderr } = await home.omcm(['daemon', 'start']);
    expect(code).toBe(3);
    expect(stderr).toBe('omcm: The daemon did not start.\n      See `omcm daemon logs`.\n');
  });
});

describe('omcm daemon logs', () => {
  const entry = (msg: string, more: object = {}) => ({
    level: 30,
    time: '2026-01-02T03:04:05.678Z',
    pid: 7,
    ...more,
    msg,
  });

  it('prints the last lines for people', async () => {
    const home = useCli(cli);
    writeLog(home, [
      entry('old'),
      entry('serving', { version: '1.0.0', socket: '/a b' }),
      entry('broke \u001b[2J', { level: 50 }),
    ]);
    const { code, stdout } = await home.omcm(['daemon', 'logs', '-n', '2']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        '2026-01-02T03:04:05.678Z info  serving version=1.0.0 socket="/a b"\n',
        '2026-01-02T03:04:05.678Z error broke [2J\n',
      ].join(''),
    );
  });

  it('prints the lines as they are for scripts', async () => {
    const home = useCli(cli);
    const entries = [entry('one'), entry('two')];
    writeLog(home, entries);
    const { stdout } = await home.omcm(['daemon', 'logs', '--json']);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(entries);
  });

  it('goes on as lines are written, also after the log was rotated', async () => {
    const home = useCli(cli);
    const file = writeLog(home, [entry('before')]);
    const following = home.start(['daemon', 'logs', '--follow']);
    await until(() => following.stdout().includes('before'));
    writeLog(home, [entry('after')]);
    await until(() => following.stdout().includes('after'));
    writeFileSync(file, `${JSON.stringify(entry('anew'))}\n`);
    await until(() => following.stdout().includes('anew'));
    expect(following.stdout().match(/before|after|anew/g)).toEqual(['before', 'after', 'anew']);
  });

  it('shows what the daemon said as it died', async () => {
    const home = useCli(cli);
    writeLog(home, [entry('serving')]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(join(home.paths.logsDir, 'omcmd.out'), 'Error: out of paper\n');
    const { stderr } = await home.omcm(['daemon', 'logs']);
    expect(stderr).toContain('  Error: out of paper\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeLog(home, [entry('serving again')]);
    expect((await home.omcm(['daemon', 'logs'])).stderr).toBe('');
  });

  it('says where the log will be when there is none yet', async () => {
    const home = useCli(cli);
    const { code, stderr } = await home.omcm(['daemon', 'logs']);
    expect(code).toBe(0);
    expect(stderr).toBe(`There is no log yet: ${join(home.paths.logsDir, 'omcmd.log')}\n`);
  });
});
