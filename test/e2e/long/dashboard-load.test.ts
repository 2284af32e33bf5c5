import { describe, expect, it, onTestFinished } from 'vitest';
import { createDashboard } from '../../../src/daemon/dashboard/listener.ts';
import { createLiveFeed } from '../../../src/daemon/live/live-feed.ts';
import { decision } from '../../core/live/samples.ts';
import { buildPage } from '../../daemon/support/build-page.ts';
import { until } from '../../daemon/support/until.ts';
import { hasChromium, useBrowser } from '../../daemon/support/use-browser.ts';

const pageDir = hasChromium ? await buildPage() : '';
const browser = useBrowser();

const EVENTS = 10_000;
const AT_ONCE = 50;
const EVERY_MS = 50;
/** Of 60 frames a second. */
const FRAME_MS = 1_000 / 60;
/** What is above is seen. Without a graphics card, and with others at work, the one or the other frame is late. */
const STUTTER_MS = 100;

/** What the page itself makes the browser do. */
const OWN_WORK = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];

/** How long each frame took, while the list of decisions is scrolled up and down. */
const MEASURE = `
  globalThis.frames = [];
  const list = document.querySelector('.windowed');
  let before = performance.now();
  let at = 0;
  const frame = (now) => {
    globalThis.frames.push(now - before);
    before = now;
    at += 1;
    if (list) list.scrollTop = (Math.sin(at / 40) + 1) * list.scrollHeight / 2;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
`;

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

describe.skipIf(!hasChromium)('the dashboard in Chromium (needs /usr/bin/chromium)', () => {
  it('shows 10,000 events as they come, scrolled all the while, without a stutter, and holds no more than that', async () => {
    const feed = createLiveFeed({ life: 'load', now: Date.now });
    feed.start(EVENTS);
    const quiet = { info: () => undefined, error: () => undefined } as unknown;
    const dashboard = createDashboard({
      feed,
      services: () => {
        throw new Error('nobody asks');
      },
      page: { folder: pageDir, locale: async () => 'en' },
      touch: () => undefined,
      now: Date.now,
      log: quiet as Parameters<typeof createDashboard>[0]['log'],
    });
    onTestFinished(() => dashboard.close());
    const opened = await dashboard.open();
    if (!opened.ok) throw new Error(opened.code);
    const page = await browser().newPage();
    onTestFinished(() => page.close());
    const note = (at: number) => {
      const steps = [{ step: 'mode', said: 'fusion-default-explore', route: true }];
      const requestId = `request-${at}`;
      feed.note({ type: 'decision', decision: decision({ at: Date.now(), requestId, steps }) });
    };
    note(0);
    await page.goto(opened.url);
    await page.locator('#decisions .windowed').waitFor();
    const measures = await browser().newCDPSession(page);
    await measures.send('Performance.enable');
    const workedSeconds = async () => {
      const { metrics } = await measures.send('Performance.getMetrics');
      const own = metrics.filter(({ name }) => OWN_WORK.includes(name));
      return own.reduce((sum, { value }) => sum + value, 0);
    };
    const workedBefore = await workedSeconds();
    await page.evaluate(MEASURE);
    for (let at = 1; at < EVENTS; ) {
      for (const end = Math.min(EVENTS, at + AT_ONCE); at < end; at += 1) note(at);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    await page.locator('#decisions .count', { hasText: `${EVENTS} of ${EVENTS}` }).waitFor();
    const frames = (await page.evaluate('frames')) as readonly number[];
    const own = (((await workedSeconds()) - workedBefore) / frames.length) * 1_000;
    const late = { median: quantile(frames, 0.5), p95: quantile(frames, 0.95), p99: quantile(frames, 0.99) };
    process.stdout.write(`${frames.length} frames, ms: ${JSON.stringify({ own, ...late })}\n`);
    expect(own).toBeLessThan(FRAME_MS);
    expect(late.p95).toBeLessThan(STUTTER_MS);
    const rows = await page.locator('#decisions tbody tr:not(.space)').count();
    expect(rows).toBeLessThan(60);

    for (let at = 0; at < EVENTS; at += 1) note(at);
    await until(
      async () => (await page.locator('#decisions tbody').textContent())?.includes('explore') === true,
    );
    expect(await page.locator('#decisions .count').textContent()).toBe(`${EVENTS} of ${EVENTS}`);
  });
});
