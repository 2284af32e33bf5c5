import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRedis } from '../../src/adapters/bullmq/connect-redis.ts';
import { createTeam } from '../../src/adapters/bullmq/team.ts';
import { QUEUE_PROTOCOL } from '../../src/protocol/queue.ts';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { useRedis } from '../support/use-redis.ts';
import { buildPage } from './support/build-page.ts';
import { runTask } from './support/run-task.ts';
import { until } from './support/until.ts';
import { type Api, useApi } from './support/use-api.ts';
import { hasChromium, REBOUND_HOST, useBrowser } from './support/use-browser.ts';

const pageDir = hasChromium ? await buildPage() : '';
const browser = useBrowser();

/** So that a test can cut them. */
const KEEP_SOCKETS = `
  globalThis.sockets = [];
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      sockets.push(this);
    }
  };
`;

/** When each piece of a stream was to be seen. */
const NOTE_PIECES = `
  globalThis.shown = [];
  new MutationObserver(() => {
    const text = document.querySelector('.said')?.textContent ?? '';
    for (const [, piece] of text.matchAll(/piece (\\d+)\\./g)) shown[Number(piece)] ??= Date.now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

/** All that a page of another site could think of. */
const TRY_ALL = `async (base, id) => {
  const tryIt = (what) => what.then(String, () => 'refused');
  const live = new Promise((resolve, reject) => {
    const socket = new WebSocket(base.replace('http', 'ws') + 'live');
    socket.onmessage = () => resolve('read');
    socket.onerror = reject;
  });
  const body = JSON.stringify({ action: 'cancel-task', task: id });
  const sent = { method: 'POST', credentials: 'include', body };
  const textOf = (answer) => answer.text();
  return {
    live: await tryIt(live),
    page: await tryIt(fetch(base, { credentials: 'include' }).then(textOf)),
    act: await tryIt(fetch(base + 'actions', sent).then(textOf)),
    blind: await tryIt(fetch(base + 'actions', { ...sent, mode: 'no-cors' }).then(() => 'sent')),
  };
}`;

/** What the issue asks for, of a machine that has nothing else to do. */
const LIVE_MS = 1_000;

async function openPage(config: object = {}, env: Readonly<Record<string, string>> = {}) {
  const api = await useApi({ pageDir, config: { mode: 'fusion', ...config }, env });
  const opened = await api.request('POST', '/v1/dashboard', {});
  const { url, port } = opened.body as { url: string; port: number };
  const page = await browser().newPage();
  onTestFinished(() => page.close());
  await page.addInitScript(KEEP_SOCKETS);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  await page.getByText('live', { exact: true }).waitFor();
  return { api, page, url, port, asked };
}

async function startTask(api: Api, script: object): Promise<string> {
  const task = { agent: 'explore', prompt: JSON.stringify(script), directory: api.projectDir };
  return ((await api.request('POST', '/v1/tasks', task)).body as TaskStarted).taskId;
}

/** A Redis with one worker, which speaks another protocol; and how to get there. */
async function useTeam() {
  const { url } = await useRedis();
  const { redis, close } = connectRedis({ url, ca: null }, () => undefined);
  const { workers } = createTeam(redis, 'omcm');
  const facts = { id: 'gpu-1-4711', host: 'gpu-1', version: '9.8.7', protocol: QUEUE_PROTOCOL + 1 };
  const held = { tags: ['gpu'], models: ['openai/gpt-5.2'], concurrency: 4, running: 1, done: 7 };
  const announce = () =>
    workers.announce({ ...facts, ...held, draining: false, uptimeMs: 90_000 }).catch(() => undefined);
  await announce();
  const timer = setInterval(announce, 1_000);
  onTestFinished(async () => {
    clearInterval(timer);
    await close();
  });
  return { OMCM_REDIS_URL: url };
}

async function findFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe.skipIf(!hasChromium)('the dashboard in Chromium (needs /usr/bin/chromium)', () => {
  it('shows a task, its stream, its decision and its end as they happen, and cancels it', async () => {
    const { api, page, asked, port } = await openPage();
    await runTask(api, 'warm up');
    await page.evaluate(NOTE_PIECES);
    // The first one is long enough to be a report, and no talk between tools.
    const say = ['long '.repeat(100), ...Array.from({ length: 200 }, (_, at) => `piece ${at}. `)];
    const id = await startTask(api, { say, everyMs: 100 });
    const told: number[] = [];
    api.daemon.services.findTask(id)?.watch((event) => {
      const at = event.type === 'text' ? /piece (\d+)\./.exec(event.text)?.[1] : undefined;
      if (at !== undefined) told[Number(at)] = Date.now();
    });
    await page.locator('.said', { hasText: 'piece 5.' }).waitFor();
    const shown = (await page.evaluate('shown')) as readonly (number | null)[];
    const delays = shown.flatMap((at, piece) => (at === null ? [] : [at - (told[piece] ?? 0)]));
    // The quickest one: another one may have met a machine with other things to do.
    expect(Math.min(...delays)).toBeLessThan(LIVE_MS);

    const decision = page.locator('#decisions tbody tr', { hasText: 'explore' }).first();
    await decision.click();
    await page.locator('.why', { hasText: 'fusion' }).waitFor();
    expect(await page.locator('.why table').textContent()).toMatch(/modefusion/);
    await page.locator('#servers tbody tr', { hasText: 'ready' }).waitFor();

    await page.keyboard.press('c');
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.locator('#tasks tr', { hasText: 'failed' }).waitFor();
    const { body } = await api.request('GET', `/v1/tasks/${id}/events`);
    expect(body).toMatchObject({ done: true });
    expect(asked.filter((url) => new URL(url).host !== `127.0.0.1:${port}`)).toEqual([]);
    expect(page.url()).not.toContain('#');
  });

  it('asks before it switches fallback: nothing is done by Escape, and all of it by the keyboard', async () => {
    const { api, page, asked } = await openPage();
    const button = page.getByRole('button', { name: 'Fallback on' });
    const question = page.getByRole('dialog', { name: /^Send every known agent/ });
    const acted = () => asked.filter((url) => url.endsWith('/actions')).length;
    await button.focus();
    await page.keyboard.press('Enter');
    await question.waitFor();
    expect(await findFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(acted()).toBe(0);

    // The keyboard is where it was.
    await page.keyboard.press('Enter');
    await question.waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Claude is out').waitFor();
    expect(acted()).toBe(1);
    expect((await api.request('GET', '/v1/fallback')).body).toMatchObject({ active: true });
    await question.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Fallback on');
  });

  it('has no fault that axe knows, with a team, in dark, in light, and in a narrow window; its keys are told', async () => {
    const { api, page } = await openPage({ execution: { backend: 'bullmq' } }, await useTeam());
    await runTask(api, 'one');
    const tasks = ['a', 'b', 'c'].map((id) => ({
      id,
      agent: 'explore',
      prompt: id,
      dependsOn: id === 'c' ? ['a', 'b'] : [],
    }));
    await api.request('POST', '/v1/runs', { directory: api.projectDir, tasks });
    await page.locator('#runs .graph .done').nth(2).waitFor();
    await page.locator('#savings tbody tr').waitFor();
    const worker = page.locator('#team tbody tr', { hasText: 'gpu-1-4711' });
    await worker.waitFor();
    expect(await worker.textContent()).toMatch(/other protocol1\/47openaigpu9\.8\.71 min/);
    await page.getByText('Team omcm: 0 tasks wait, 0 are at work.').waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findFaults(page), colorScheme).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await findFaults(page), 'narrow').toEqual([]);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(360);

    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('filter everything').waitFor();
    expect(await findFaults(page), 'help').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('nobody');
    await page.locator('#decisions .none', { hasText: 'Nothing' }).waitFor();
  });

  it('goes on where it was when the connection was lost', async () => {
    const { api, page } = await openPage();
    const frames: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => frames.push(String(payload).slice(0, 20))),
    );
    await page.evaluate('sockets.at(-1).close()');
    await runTask(api, 'meanwhile');
    await page.locator('#tasks tr', { hasText: 'done' }).waitFor();
    expect(frames[0]).toContain('changes');
  });

  it("cannot be read, asked or told anything by another site's page, nor under another name", async () => {
    const { api, url, port } = await openPage();
    const id = await startTask(api, { hang: true });
    const { pathname } = new URL(url);
    const site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>other</title>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void site.close());
    const base = `http://127.0.0.1:${port}${pathname}`;
    const page = await browser().newPage();
    onTestFinished(() => page.close());
    // Another port of 127.0.0.1 is the same site to a browser: the strictest cookie would be sent along.
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const got = await page.evaluate(`(${TRY_ALL})('${base}', '${id}')`);
    expect(got).toMatchObject({ live: 'refused', page: 'refused', act: 'refused' });
    expect(JSON.stringify(got)).not.toContain(id);

    const rebound = await page.goto(`http://${REBOUND_HOST}:${port}${pathname}`);
    expect(rebound?.status()).toBe(403);
    const { body } = await api.request('GET', `/v1/tasks/${id}/events`);
    expect(body).toMatchObject({ done: false });
    await api.request('DELETE', `/v1/tasks/${id}`);
    await until(async () => {
      const events = await api.request('GET', `/v1/tasks/${id}/events`);
      return (events.body as { done: boolean }).done;
    });
  });
});
