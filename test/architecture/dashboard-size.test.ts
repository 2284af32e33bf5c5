import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { liveWords } from '../../src/core/live/live-words.ts';
import { renderPage } from '../../src/daemon/dashboard/render-page.ts';
import { buildPage } from '../daemon/support/build-page.ts';

const MOST_BYTES = 100_000;

const folder = await buildPage();

it('the dashboard is under 100 kB compressed, all of it', () => {
  const files = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name));
  expect(files.sort()).toEqual(['dashboard.css', 'dashboard.js']);
  const texts = [renderPage('ko'), ...files.map((name) => readFileSync(join(folder, name), 'utf8'))];
  const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
  expect(bytes, 'more than the words alone').toBeGreaterThan(JSON.stringify(liveWords('ko')).length);
  process.stdout.write(`the dashboard: ${bytes} bytes compressed\n`);
});

it('the dashboard names no address of the network', () => {
  for (const name of readdirSync(folder)) {
    const addresses = readFileSync(join(folder, name), 'utf8').match(/\b(?:https?|wss?):\/\/[\w.-]+/g) ?? [];
    // Names of kinds of XML, which nobody calls.
    expect(addresses.filter((address) => address !== 'http://www.w3.org')).toEqual([]);
  }
});
