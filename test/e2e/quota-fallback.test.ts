import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { rateLimitHeaders } from '../../src/simulation/rate-limit-headers.ts';
import { MODS_OFF } from '../support/mods-off.ts';
import { hasTmux, startTmuxClaude } from '../support/tmux-claude.ts';
import { PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';
import {
  BY_CLAUDE,
  BY_OTHERS,
  DWELL_MS,
  FIVE_HOURS,
  fallbackEvents,
  useWindow,
} from './quota/sessions-near-limit.ts';

/** Long enough for two sessions of a busy machine. */
const WINDOW_MS = 30_000;

describe("Claude's window, as the real Claude Code reads it", { timeout: 240_000 }, () => {
  it('is nearly spent: everything is routed, until a new one is there', async () => {
    const { omcm, resetsAt, at } = await useWindow(WINDOW_MS);

    expect(await at(92)).toEqual(BY_OTHERS);
    const { fallback } = await omcm.status();
    expect(fallback).toMatchObject({
      active: true,
      reason: 'claude-limit-92%',
      trippedBy: 'fiveHour',
      resetsAt,
    });
    await sleep(Math.max(DWELL_MS, resetsAt + 500 - Date.now()));
    expect(await at(40, resetsAt + FIVE_HOURS)).toEqual(BY_CLAUDE);
    await expect
      .poll(() => fallbackEvents(omcm), { timeout: 5_000 })
      .toEqual(['activated claude-limit-92%', 'returned window-reset']);
  });

  it('is known from a refusal alone, where mods are off and nobody reads it', async () => {
    const omcm = await useOmcm({ login: 'subscription', config: { mode: 'default' } });
    await omcm.start();
    const resetsAt = Math.round(Date.now() / 60_000) * 60_000 + 3_600_000;
    const headers = {
      ...rateLimitHeaders({ percent: 100, resetsAt }),
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-5h-status': 'rejected',
    };
    omcm.providers.anthropic.on({ answer: { fault: { kind: 'rate-limit' }, headers } });

    // A headless session ends at once and may take its hook along before that has begun; the next one hears it again.
    await vi.waitFor(
      async () => {
        await omcm.claude({ prompt: 'hello', extraArgs: MODS_OFF });
        await vi.waitFor(async () => expect((await omcm.status()).fallback?.active).toBe(true), 5_000);
      },
      { timeout: 60_000 },
    );
    const { fallback } = await omcm.status();
    expect(fallback).toMatchObject({ trippedBy: 'fiveHour', resetsAt });
    expect(fallback?.readings).toMatchObject([{ percent: 100, source: 'limit-message' }]);
  });

  it.skipIf(!hasTmux)('is shown to the user in the session that met it (needs tmux)', async () => {
    const omcm = await useOmcm({ login: 'subscription', config: { mode: 'default' } });
    await omcm.start();
    const headers = rateLimitHeaders({ percent: 92, resetsAt: Date.now() + FIVE_HOURS });
    omcm.providers.anthropic.on({ answer: { text: 'Hello there.', headers } });
    const session = await startTmuxClaude({
      home: omcm.home,
      pluginDirs: [PLUGIN_DIR],
      env: { PATH: omcm.env().PATH ?? '' },
    });
    onTestFinished(() => session.kill());
    await session.waitFor('accept edits');

    await session.submit('hello');

    // A small box in the corner, whose lines break where it is narrow.
    await session.waitFor("OMCM: Claude's", 30_000);
  });
});
