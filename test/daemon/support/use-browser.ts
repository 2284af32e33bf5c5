// Debian's Chromium, which loads nothing and calls nobody by itself.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { TEST_FOLDER_PREFIX } from '../../support/test-folder-prefix.ts';

const PROGRAM = '/usr/bin/chromium';

export const REBOUND_HOST = 'rebound.test';

export const hasChromium = existsSync(PROGRAM);

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name of somebody else's that he has made to mean this machine.
  `--host-resolver-rules=MAP ${REBOUND_HOST} 127.0.0.1`,
];

/** One browser for the tests of a file, with a profile of its own. Call it at the file's top level. */
export function useBrowser(): () => BrowserContext {
  let context: BrowserContext | null = null;
  let profile = '';
  beforeAll(async () => {
    if (!hasChromium) return;
    profile = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
    const options = { executablePath: PROGRAM, headless: true, args: QUIET };
    context = await chromium.launchPersistentContext(profile, options);
  });
  afterAll(async () => {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return () => {
    if (context === null) throw new Error('there is no browser');
    return context;
  };
}
