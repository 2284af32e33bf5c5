import { reportQuota } from './daemon-calls.ts';
import type { Dollar, RateLimit } from './engine-interface.ts';
import { NOTICE_MS } from './notice.ts';

let lastRead: readonly RateLimit[] = [];

const READING_TRIES = 3;
const READING_PAUSE_MS = 2_000;

export async function tellQuota($: Dollar, rateLimits: readonly RateLimit[]): Promise<void> {
  lastRead = rateLimits;
  await tryToTell($, rateLimits, READING_TRIES);
}

/** The daemon may be on its way; the next reading may be a long time coming. */
async function tryToTell($: Dollar, rateLimits: readonly RateLimit[], triesLeft: number): Promise<void> {
  if (rateLimits !== lastRead) return;
  try {
    for (const notice of await reportQuota($, rateLimits)) $.ui.toast(notice, { timeoutMs: NOTICE_MS });
  } catch {
    if (triesLeft > 1) $.clock.after(READING_PAUSE_MS, () => void tryToTell($, rateLimits, triesLeft - 1));
  }
}
