import { describe, expect, it } from 'vitest';
import { FallbackOrchestrator } from '../../../src/index.ts';

const NOON = Date.UTC(2026, 0, 28, 12);
const limits = (percent: number) => ({ claude: { fiveHour: { percent, resetsAt: '2026-01-28T14:00:00Z' } } });

describe('FallbackOrchestrator', () => {
  it('holds the state, gives it away and takes it back', () => {
    const first = new FallbackOrchestrator({ now: () => NOON });
    expect(first.check(limits(92)).map(({ reason }) => reason)).toEqual(['claude-limit-92%']);
    const second = new FallbackOrchestrator({ now: () => NOON + 60_000, state: first.state });
    expect(second.fallbackActive).toBe(true);
    expect(second.check(limits(93))).toEqual([]);
  });

  it('obeys a hand, and a threshold of its own', () => {
    const fallback = new FallbackOrchestrator({ now: () => NOON, threshold: 95 });
    fallback.check(limits(92));
    expect(fallback.fallbackActive).toBe(false);
    fallback.set('on');
    expect(fallback.fallbackActive).toBe(true);
    expect(fallback.set('auto')).toMatchObject([{ type: 'returned', reason: 'manual' }]);
  });

  it('runs by the clock where none is given', () => {
    const resetsAt = new Date(Date.now() + 60_000).toISOString();
    const fallback = new FallbackOrchestrator();
    fallback.check({ claude: { fiveHour: { percent: 99, resetsAt } } });
    expect(fallback.fallbackActive).toBe(true);
  });
});
