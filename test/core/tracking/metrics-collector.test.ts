import { describe, expect, it } from 'vitest';
import { MetricsCollector } from '../../../src/core/tracking/metrics-collector.ts';
import { MOST_NAMES } from '../../../src/core/tracking/tally.ts';
import type { RoutingEvent } from '../../../src/core/tracking/tracked-event.ts';

const NOON = Date.UTC(2026, 0, 28, 12);
const [MINUTE, HOUR] = [60_000, 3_600_000];

function useCollector() {
  let now = NOON;
  const metrics = new MetricsCollector({ now: () => now });
  const routing = (more: Partial<RoutingEvent> = {}) =>
    metrics.record({
      type: 'routing',
      timestamp: now,
      agent: 'explore',
      provider: 'gemini',
      responseTime: 1,
      ...more,
    });
  return { metrics, routing, pass: (ms: number) => (now += ms) };
}

describe('the collector', () => {
  it("counts in the seed's shape", () => {
    const { metrics, routing } = useCollector();
    routing({ cached: true });
    routing({ agent: 'architect', provider: 'openai', cached: false });
    metrics.record({
      type: 'task',
      timestamp: NOON,
      agent: 'explore',
      provider: 'gemini',
      responseTime: 250,
      success: true,
      tokens: { input: 100, output: 20, reasoning: 5, cacheRead: 40, cacheWrite: 0 },
      costUsd: 0.5,
    });
    expect(metrics.getMetrics().minutes).toEqual([
      {
        start: NOON,
        routing: { total: 2, byProvider: { gemini: 1, openai: 1 }, byAgent: { explore: 1, architect: 1 } },
        performance: { totalDuration: 250, count: 1, successes: 1, failures: 0 },
        cache: { hits: 1, misses: 1 },
        usage: {
          gemini: { input: 100, output: 20, reasoning: 5, cacheRead: 40, cacheWrite: 0, costUsd: 0.5 },
        },
      },
    ]);
  });

  it('ages while nothing happens', () => {
    const { metrics, routing, pass } = useCollector();
    routing();
    pass(59 * MINUTE);
    expect(metrics.getTotals('minutes').routing.total).toBe(1);
    pass(MINUTE);
    expect(metrics.getTotals('minutes').routing.total).toBe(0);
    expect(metrics.getTotals('hours').routing.total).toBe(1);
    pass(23 * HOUR);
    expect([metrics.getTotals('hours').routing.total, metrics.getTotals('days').routing.total]).toEqual([
      0, 1,
    ]);
  });

  it('hides what a clock that went back has yet to reach', () => {
    const { metrics, routing, pass } = useCollector();
    routing();
    pass(-10 * MINUTE);
    expect(metrics.getMetrics().minutes).toEqual([]);
    pass(10 * MINUTE);
    expect(metrics.getTotals('minutes').routing.total).toBe(1);
  });

  it('keeps its size whatever names come', () => {
    const { metrics, routing } = useCollector();
    for (let name = 0; name < MOST_NAMES + 50; name += 1) routing({ agent: `agent-${name}` });
    const { byAgent, total } = metrics.getTotals('minutes').routing;
    expect(Object.keys(byAgent)).toHaveLength(MOST_NAMES + 1);
    expect(byAgent.other).toBe(50);
    expect(total).toBe(MOST_NAMES + 50);
  });
});
