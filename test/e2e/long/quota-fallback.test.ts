import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  BY_CLAUDE,
  BY_OTHERS,
  DWELL_MS,
  FIVE_HOURS,
  fallbackEvents,
  useWindow,
} from '../quota/sessions-near-limit.ts';

/** Long enough for six sessions of a busy machine. */
const WINDOW_MS = 90_000;

describe("Claude's window, as the real Claude Code reads it", { timeout: 240_000 }, () => {
  it('climbs, is spent, flickers, resets: suggested once, everything routed, and back', async () => {
    const { omcm, resetsAt, at } = await useWindow(WINDOW_MS);

    expect(await at(60)).toEqual(BY_CLAUDE);
    expect(fallbackEvents(omcm)).toEqual([]);
    expect(await at(75)).toEqual(BY_CLAUDE);
    await expect.poll(() => fallbackEvents(omcm), { timeout: 5_000 }).toEqual(['suggested claude-usage-75%']);
    expect(await at(92)).toEqual(BY_OTHERS);
    const { fallback } = await omcm.status();
    expect(fallback).toMatchObject({
      active: true,
      reason: 'claude-limit-92%',
      trippedBy: 'fiveHour',
      resetsAt,
    });
    await sleep(DWELL_MS);
    expect(await at(89)).toEqual(BY_OTHERS);
    expect(await at(91)).toEqual(BY_OTHERS);
    expect(Date.now(), 'all of it happened within one window').toBeLessThan(resetsAt);

    await sleep(resetsAt + 500 - Date.now());
    expect((await omcm.status()).fallback?.active, 'nobody has confirmed the reset yet').toBe(true);
    expect(await at(40, resetsAt + FIVE_HOURS)).toEqual(BY_CLAUDE);
    await expect
      .poll(() => fallbackEvents(omcm), { timeout: 5_000 })
      .toEqual(['suggested claude-usage-75%', 'activated claude-limit-92%', 'returned window-reset']);
    const reasons = omcm.routingLog().map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === 'fallback-active')).toHaveLength(6);
  });
});
