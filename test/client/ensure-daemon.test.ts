import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ensureDaemon, readHealth } from '../../src/client/ensure-daemon.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import { buildPrograms, type Programs } from '../daemon/support/build-programs.ts';
import { until } from '../daemon/support/until.ts';
import { type DaemonHome, useDaemonHome } from '../daemon/support/use-daemon-home.ts';

const [older, newer] = await Promise.all([buildPrograms('1.0.0-beta.9'), buildPrograms('1.0.0-beta.10')]);

/** The client that comes with these programs looks for a daemon. */
function ensureBy(programs: Programs, home: DaemonHome, timeoutMs = 8_000): Promise<{ ok: boolean }> {
  const child = spawn(process.execPath, [programs.report, 'ensure-daemon'], {
    env: home.env(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ timeoutMs }));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    text += piece;
  });
  return new Promise((resolve) => child.once('close', () => resolve(JSON.parse(text))));
}

const slowTask = (home: DaemonHome) => ({
  agent: 'explore',
  prompt: JSON.stringify({ say: Array.from({ length: 10 }, (_, i) => `piece ${i}. `), everyMs: 100 }),
  directory: home.projectDir,
});

describe('a client that is newer than the daemon', () => {
  it('replaces it', async () => {
    const home = useDaemonHome();
    await ensureBy(older, home);
    const before = await readHealth(home.paths.socketPath);

    expect(await ensureBy(newer, home)).toEqual({ ok: true });

    const after = await readHealth(home.paths.socketPath);
    expect([before?.version, after?.version]).toEqual([older.version, newer.version]);
    await until(() => home.daemons().length === 1);
    expect(home.daemons()).toEqual([after?.pid]);
  });

  it('waits for the task that runs in it, which is not cut', async () => {
    const home = useDaemonHome();
    await ensureBy(older, home);
    const lines = home.stream(slowTask(home));
    await lines.next();

    const replaced = ensureBy(newer, home);
    const events: unknown[] = [];
    for await (const line of lines) events.push(line);

    expect(events.at(-1)).toMatchObject({ type: 'finished' });
    expect(events.map((event) => (event as { text?: string }).text ?? '').join('')).toContain('piece 9.');
    expect(await replaced).toEqual({ ok: true });
    expect((await readHealth(home.paths.socketPath))?.version).toBe(newer.version);
  });

  it('is told that it has to wait when the task takes longer than the client can', async () => {
    const home = useDaemonHome();
    await home.ensure(newer);
    const lines = home.stream({ ...slowTask(home), prompt: '{"hang":true}' });
    await lines.next();
    await home.call('POST', '/v1/shutdown', {});

    expect(await home.ensure(newer, 300)).toMatchObject({ ok: false, code: 'daemon-draining' });
    expect(await home.call('POST', '/v1/tasks', slowTask(home))).toMatchObject({
      status: 503,
      body: { error: { code: 'draining' } },
    });
    await lines.return(undefined);
  });
});

describe('a client that is older than the daemon', () => {
  it('uses it', async () => {
    const home = useDaemonHome();
    await ensureBy(newer, home);
    const before = await readHealth(home.paths.socketPath);

    expect(await ensureBy(older, home)).toEqual({ ok: true });

    expect(await readHealth(home.paths.socketPath)).toEqual(before);
  });

  it('and speaks another protocol is told so, and does not disturb it', async () => {
    const home = useDaemonHome();
    const asked = await standInDaemon(home, { version: '9.0.0', protocol: PROTOCOL_VERSION + 1 });
    expect(await home.ensure(newer, 2_000)).toMatchObject({ ok: false, code: 'daemon-newer' });
    expect(asked).toEqual(['GET /v1/health']);
    expect(home.daemons()).toEqual([]);
  });
});

describe('a daemon of another protocol', () => {
  it('refuses work in words that say what to do, and still says who it is', async () => {
    const home = useDaemonHome();
    await home.ensure(newer);
    const foreign = String(PROTOCOL_VERSION + 1);
    const refused = await ask(home, 'POST', '/v1/tasks', foreign);
    expect(refused.status).toBe(426);
    expect(refused.body).toContain('omcm daemon restart');
    const health = await ask(home, 'GET', '/v1/health', foreign);
    expect(JSON.parse(health.body)).toMatchObject({ version: newer.version, protocol: PROTOCOL_VERSION });
  });

  it('leaves when a client of another protocol replaces it', async () => {
    const home = useDaemonHome();
    await home.ensure(newer);
    expect((await ask(home, 'POST', '/v1/shutdown', String(PROTOCOL_VERSION + 1))).status).toBe(200);
    await until(() => home.daemons().length === 0);
  });

  it('and an older one is asked to leave, and ours takes its place', async () => {
    const home = useDaemonHome();
    const asked = await standInDaemon(home, { version: '9.0.0', protocol: PROTOCOL_VERSION - 1 });
    expect(await home.ensure(newer)).toMatchObject({ ok: true, health: { version: newer.version } });
    expect(asked.slice(0, 2)).toEqual(['GET /v1/health', 'POST /v1/shutdown']);
  });
});

describe('a client', () => {
  it('takes somebody else behind the socket for no daemon, and starts none beside it', async () => {
    const home = useDaemonHome();
    await standInDaemon(home, 'hello');
    expect(await home.ensure(newer, 1_000)).toMatchObject({ ok: false, code: 'daemon-unreachable' });
    await until(() => home.daemons().length === 0);
  });

  it('comes back in time where the program cannot be started at all', async () => {
    const home = useDaemonHome();
    const startedAt = performance.now();
    const { socketPath } = home.paths;
    const ensured = await ensureDaemon({ socketPath, program: '/nowhere/omcmd.js', env: {}, timeoutMs: 500 });
    expect(ensured).toMatchObject({ ok: false, code: 'daemon-unreachable' });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});

/** Stands behind the socket, and leaves when it is asked to. Gives what it was asked. */
async function standInDaemon(home: DaemonHome, health: unknown): Promise<readonly string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end(
      typeof health === 'string' ? health : JSON.stringify({ state: 'serving', ...Object(health) }),
    );
    if (request.url === '/v1/shutdown') server.close();
  });
  mkdirSync(home.paths.stateDir, { recursive: true });
  await new Promise<void>((resolve) => server.listen(home.paths.socketPath, resolve));
  onTestFinished(() => void server.close());
  return asked;
}

async function ask(home: DaemonHome, method: string, path: string, protocol: string) {
  const { request } = await import('node:http');
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(
      {
        socketPath: home.paths.socketPath,
        method,
        path,
        agent: false,
        headers: { [PROTOCOL_HEADER]: protocol },
      },
      resolve,
    )
      .once('error', reject)
      .end();
  });
  let body = '';
  for await (const piece of response.setEncoding('utf8')) body += piece;
  return { status: response.statusCode, body };
}
