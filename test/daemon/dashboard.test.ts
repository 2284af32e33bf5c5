import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { LiveState } from '../../src/core/live/live-state.ts';
import { createDashboard } from '../../src/daemon/dashboard/listener.ts';
import { createLiveFeed } from '../../src/daemon/live/live-feed.ts';
import { until } from './support/until.ts';
import { type Api, useApi } from './support/use-api.ts';

type Sent = {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
type Got = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

async function openDashboard(options: Parameters<typeof useApi>[0] = {}) {
  const api = await useApi(options);
  const open = async () => {
    const { url, port } = (await api.request('POST', '/v1/dashboard', {})).body as {
      url: string;
      port: number;
    };
    const { pathname, hash, origin } = new URL(url);
    return { port, origin, base: pathname, token: hash.slice(1) };
  };
  const place = await open();
  const send = ({ method = 'GET', path = '', headers = {}, body }: Sent): Promise<Got> =>
    new Promise((resolve, reject) => {
      const target = path.startsWith('/') ? path : place.base + path;
      const outgoing = httpRequest(
        { host: '127.0.0.1', port: place.port, method, path: target, headers, agent: false },
        async (response) => {
          let text = '';
          for await (const piece of response.setEncoding('utf8')) text += piece;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    send({
      method: 'POST',
      path,
      body,
      headers: { origin: place.origin, 'content-type': 'application/json', ...headers },
    });
  const enter = async (token = place.token) => {
    const { headers } = await post('enter', { token });
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  };
  return { ...place, api, open, send, post, enter };
}

/** How the daemon answers a WebSocket that comes with these headers. */
function upgrade(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const lines = Object.entries({
      Host: `127.0.0.1:${port}`,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
      ...headers,
    });
    socket.on('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString('latin1').split('\r\n')[0] ?? '');
    });
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`);
  });
}

const hanging = async (api: Api): Promise<string> => {
  const task = { agent: 'explore', prompt: '{"hang":true}', directory: api.projectDir };
  return ((await api.request('POST', '/v1/tasks', task)).body as { taskId: string }).taskId;
};
const isDone = async (api: Api, id: string) =>
  ((await api.request('GET', `/v1/tasks/${id}/events`)).body as { done: boolean }).done;

describe('the dashboard', () => {
  it('lets a browser in by a token that opens once, with a cookie that no script and no other path sees', async () => {
    const { post, send, token, base, open } = await openDashboard();
    const first = await post('enter', { token });
    expect(first.status).toBe(200);
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toContain(`Path=${base}; `);
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    const again = await post('enter', { token });
    expect(again).toMatchObject({ status: 401 });
    expect(again.headers['set-cookie']).toBeUndefined();

    const session = cookie.split(';')[0] ?? '';
    expect((await send({ path: 'session', headers: { cookie: session } })).status).toBe(204);
    expect((await send({ path: 'session', headers: { cookie: `${session}x` } })).status).toBe(401);
    expect((await send({ path: 'session' })).status).toBe(401);
    // Whoever asks again stands beside the first one, at the same place.
    const second = await open();
    expect(second.base).toBe(base);
    expect(second.token).not.toBe(token);
  });

  it('forgets a token that nobody used for two minutes, and a session that nobody used for a day', async () => {
    let now = Date.now();
    const { post, send, enter, token, open } = await openDashboard({ now: () => now });
    const cookie = await enter((await open()).token);
    now += 119_000;
    expect((await send({ path: 'session', headers: { cookie } })).status).toBe(204);
    now += 2_000;
    expect((await post('enter', { token })).status).toBe(401);
    now += 24 * 60 * 60_000;
    expect((await send({ path: 'session', headers: { cookie } })).status).toBe(401);
  });

  it('shows its page to whoever has the address, without anything of the user, and nothing may leave it', async () => {
    const { send, port } = await openDashboard({ config: { locale: 'ko' } });
    const { status, body, headers } = await send({});
    expect(status).toBe(200);
    expect(body).toContain('<html lang="ko">');
    expect(body).toContain('라우팅 결정');
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy.match(/\w+:\/\/[^\s;]+/g)).toEqual([`ws://127.0.0.1:${port}`]);
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    ['under another name', { host: 'evil.example' }],
    ['under another name with our port', { host: 'localhost:1' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['from a file, or a frame without an origin', { origin: 'null' }],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from the same site, but another origin', { 'sec-fetch-site': 'same-site' }],
  ])('refuses whoever asks %s, with a session too', async (_what, wrong) => {
    const { send, enter, origin, base, port, api } = await openDashboard();
    const cookie = await enter();
    const id = await hanging(api);
    const own = { origin, cookie, 'content-type': 'application/json' };
    for (const path of ['', 'page.js', 'session'])
      expect((await send({ path, headers: { cookie, ...wrong } })).status, path).toBe(403);
    const action = { action: 'cancel-task', task: id };
    const acted = await send({
      method: 'POST',
      path: 'actions',
      body: action,
      headers: { ...own, ...wrong },
    });
    expect(acted.status).toBe(403);
    const asked = { Origin: origin, Cookie: cookie };
    const renamed = Object.fromEntries(
      Object.entries(wrong).map(([name, value]) => [name[0]?.toUpperCase() + name.slice(1), value]),
    );
    expect(await upgrade(port, `${base}live`, asked)).toContain('101');
    expect(await upgrade(port, `${base}live`, { ...asked, ...renamed })).toContain('403');
    expect(await isDone(api, id)).toBe(false);
    await api.request('DELETE', `/v1/tasks/${id}`);
  });

  it('opens its page from a link that stands anywhere, and nothing else from there', async () => {
    const { send } = await openDashboard();
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await send({ headers: link })).status).toBe(200);
    expect((await send({ path: 'page.js', headers: link })).status).toBe(403);
    expect((await send({ path: 'session', headers: link })).status).toBe(403);
  });

  it('does nothing without a session, without an origin, by GET, or for a form', async () => {
    const { send, post, enter, base, port, origin, token, api } = await openDashboard();
    const id = await hanging(api);
    const action = { action: 'cancel-task', task: id };
    expect((await post('actions', action)).status).toBe(401);
    expect(await upgrade(port, `${base}live`, { Origin: origin })).toContain('401');
    const cookie = await enter();
    expect(await upgrade(port, `${base}live`, { Cookie: cookie })).toContain('403');
    const bare = { 'content-type': 'application/json', cookie };
    expect((await send({ method: 'POST', path: 'actions', body: action, headers: bare })).status).toBe(403);
    expect((await post('actions', action, { cookie, 'content-type': 'text/plain' })).status).toBe(400);
    const query = new URLSearchParams(action).toString();
    for (const path of [`actions?${query}`, `enter?token=${token}`])
      expect((await send({ path, headers: { cookie } })).status, path).toBe(405);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect((await send({ method, path: 'actions', headers: { cookie, origin } })).status, method).toBe(405);
    expect(await isDone(api, id)).toBe(false);

    expect((await post('actions', action, { cookie })).status).toBe(200);
    await until(() => isDone(api, id));
    expect((await post('actions', { ...action, task: 'nobody' }, { cookie })).status).toBe(404);
  });

  it('has no path that leads anywhere else', async () => {
    const { send, base } = await openDashboard();
    for (const path of [
      '/',
      '/v1/status',
      `${base}../`,
      `${base}..%2f..%2fetc%2fpasswd`,
      `${base}%2e%2e/secret`,
      `${base}page.js/../omcmd.js`,
      `${base}omcmd.js`,
      `${base}//etc/passwd`,
      `${base.toLowerCase()}x`,
      '/page.js',
    ])
      expect((await send({ path })).status, path).toBe(404);
  });

  it('takes no more than it needs', async () => {
    const { post, enter } = await openDashboard();
    const cookie = await enter();
    expect((await post('actions', { action: 'x'.repeat(10_000) }, { cookie })).status).toBe(400);
    expect((await post('actions', { action: 'shutdown' }, { cookie })).status).toBe(400);
  });

  it('writes no token, address or cookie into its log', async () => {
    const lines: unknown[] = [];
    const note = (...given: readonly unknown[]) => void lines.push(given);
    const log = { info: note, warn: note, error: note } as unknown as Parameters<
      typeof createDashboard
    >[0]['log'];
    const dashboard = createDashboard({
      feed: createLiveFeed({ life: 'x', now: Date.now }),
      services: () => {
        throw new Error('broken');
      },
      page: { folder: '/nowhere', locale: async () => 'en' },
      touch: () => undefined,
      now: Date.now,
      log,
    });
    onTestFinished(() => dashboard.close());
    const opened = await dashboard.open();
    if (!opened.ok) throw new Error(opened.code);
    const { pathname, hash, origin } = new URL(opened.url);
    const headers = { origin, 'content-type': 'application/json' };
    const body = JSON.stringify({ token: hash.slice(1) });
    const entered = await fetch(`${origin}${pathname}enter`, { method: 'POST', headers, body });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const action = JSON.stringify({ action: 'cancel-task', task: 'x' });
    const acted = await fetch(`${origin}${pathname}actions`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: action,
    });
    expect(acted.status).toBe(500);
    await dashboard.close();
    const written = JSON.stringify(lines);
    expect(written).toContain('broken');
    for (const secret of [hash.slice(1), pathname, cookie.slice(5)]) expect(written).not.toContain(secret);
  });

  it('says that a port is taken, and takes another one where that is asked for', async () => {
    const { api, port } = await openDashboard();
    const other = await openDashboard();
    expect(await api.request('POST', '/v1/dashboard', { port: other.port })).toMatchObject({
      status: 409,
      body: { error: { code: 'port-taken' } },
    });
    const again = await api.request('POST', '/v1/dashboard', {});
    expect(again.status).toBe(200);
    expect(port).toBeGreaterThan(0);
  });

  it('closes its door when nobody has used it for a while', async () => {
    let isLater = false;
    const dashboard = createDashboard({
      feed: createLiveFeed({ life: 'x', now: Date.now }),
      services: () => {
        throw new Error('not asked');
      },
      page: { folder: '/nowhere', locale: async () => 'en' },
      touch: () => undefined,
      // A token may wait for as long as it is good.
      now: () => Date.now() + (isLater ? 121_000 : 0),
      log: { info: () => undefined } as unknown as Parameters<typeof createDashboard>[0]['log'],
      idleMs: 20,
    });
    onTestFinished(() => dashboard.close());
    const opened = await dashboard.open();
    if (!opened.ok) throw new Error(opened.code);
    const isOpen = () =>
      fetch(opened.url).then(
        () => true,
        () => false,
      );
    expect(await isOpen()).toBe(true);
    isLater = true;
    await until(async () => !(await isOpen()));
  });

  it('leaves behind whoever does not read, and tells him all when he does', async () => {
    const feed = createLiveFeed({ life: 'x', now: Date.now });
    const { sendLive } = await import('../../src/daemon/dashboard/send-live.ts');
    const sent: string[] = [];
    let close = () => {};
    let waiting = 0;
    let looks = 0;
    const socket = {
      OPEN: 1 as const,
      readyState: 1 as const,
      get bufferedAmount() {
        looks += 1;
        return waiting;
      },
      send: (text: string) => void sent.push(text),
      on: (_name: string, listener: () => void) => {
        close = listener;
        return socket as never;
      },
    };
    sendLive(socket as never, feed, null);
    waiting = 2_000_000;
    looks = 0;
    const problem = { at: 1, code: 'c', message: 'm' };
    for (let at = 0; at < 2_000; at += 1) feed.note({ type: 'problem', problem });
    // It was to be sent, and once more after a while: both times there was no room.
    await until(() => looks >= 2);
    expect(sent).toHaveLength(1);
    waiting = 0;
    await until(() => sent.length === 2);
    expect(JSON.parse(sent[1] ?? '')).toMatchObject({ kind: 'snapshot', seq: 2_000 });
    close();
    expect(feed.isWatched()).toBe(true);
  });

  it('tells what a task has used while it is still at work', async () => {
    const api = await useApi();
    const prompt = JSON.stringify({ steps: 2, everyMs: 50, say: Array(1_000).fill('x') });
    const task = { agent: 'explore', prompt, directory: api.projectDir };
    const { taskId } = (await api.request('POST', '/v1/tasks', task)).body as { taskId: string };
    const live = async () =>
      ((await api.request('GET', '/v1/live')).body as { state: LiveState }).state.tasks[0];
    // 21 of all kinds in each of two steps.
    await until(async () => (await live())?.tokens === 42);
    expect(await live()).toMatchObject({ id: taskId, state: 'running' });
    await api.request('DELETE', `/v1/tasks/${taskId}`);
    await until(async () => (await live())?.state === 'failed');
    expect(await live()).toMatchObject({ tokens: 42 });
  });

  it('tells one that comes back only what he has missed', async () => {
    const { api, enter, origin, base, port } = await openDashboard();
    const headers = { origin, cookie: await enter() };
    const read = (query: string) =>
      new Promise<{ kind: string; life: string; seq: number }>((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}${base}live${query}`, { headers });
        socket.once('error', reject);
        socket.once('message', (data) => {
          socket.terminate();
          resolve(JSON.parse(String(data)));
        });
      });
    const { kind, life, seq } = await read('');
    expect(kind).toBe('snapshot');
    await api.request('POST', '/v1/failed-open', { agent: 'explore', reason: 'x' });
    expect(await read(`?life=${life}&seq=${seq}`)).toMatchObject({
      kind: 'changes',
      changes: expect.arrayContaining([{ type: 'problem', problem: expect.objectContaining({ code: 'x' }) }]),
    });
    expect((await read(`?life=other&seq=${seq}`)).kind).toBe('snapshot');
    expect((await read('?life=x&seq=nonsense')).kind).toBe('snapshot');
  });
});
