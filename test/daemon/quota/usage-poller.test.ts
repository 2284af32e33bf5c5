import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { UsagePage } from '../../../src/adapters/claude-code/read-usage-page.ts';
import type { QuotaReadings } from '../../../src/core/quota/reading.ts';
import { createUsagePoller } from '../../../src/daemon/quota/usage-poller.ts';

const MINUTE = 60_000;

function poller(wanted: boolean, ...pages: readonly UsagePage[]) {
  let now = 0;
  let asked = 0;
  const taken: QuotaReadings[] = [];
  const { look } = createUsagePoller({
    isWanted: async () => wanted,
    read: async () => pages[Math.min(asked++, pages.length - 1)] ?? { kind: 'unusable', reason: 'no-login' },
    take: async (readings) => void taken.push(readings),
    now: () => now,
    log: pino({ level: 'silent' }),
  });
  return {
    at: (minutes: number) => {
      now = minutes * MINUTE;
      return look();
    },
    asked: () => asked,
    taken,
  };
}

const PAGE: UsagePage = {
  kind: 'read',
  windows: [{ kind: 'five_hour', percent: 42, resetsAt: 1 }],
};

describe('the poll of the usage page', () => {
  it('never happens where it was not asked for', async () => {
    const { at, asked } = poller(false, PAGE);
    await at(0);
    expect(asked()).toBe(0);
  });

  it('brings a reading, and not another one before it is due', async () => {
    const { at, asked, taken } = poller(true, PAGE);
    await at(0);
    await at(4);
    expect(asked()).toBe(1);
    expect(taken).toMatchObject([{ fiveHour: { percent: 42, source: 'usage-endpoint' }, weekly: null }]);
    await at(5);
    expect(asked()).toBe(2);
  });

  it('takes nothing from a page that is busy, and leaves it alone for longer', async () => {
    const { at, asked, taken } = poller(true, { kind: 'busy', retryAfterMs: null });
    for (const minute of [0, 5, 9, 10, 29]) await at(minute);
    expect([asked(), taken]).toEqual([2, []]);
  });
});
