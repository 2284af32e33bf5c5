import {
  MetricsCollector as CollectorAt,
  type CollectorOptions,
} from '../core/tracking/metrics-collector.ts';

/**
 * Counts decisions and tasks by minute, hour and day; the buckets age by the clock.
 *
 * @example
 * const metrics = new MetricsCollector();
 * metrics.record({ type: 'routing', timestamp: Date.now(), agent: 'architect', provider: 'openai', responseTime: 1 });
 * metrics.getTotals('minutes').routing.byProvider; // { openai: 1 }
 */
export class MetricsCollector extends CollectorAt {
  constructor(options: Partial<CollectorOptions> = {}) {
    super({ now: Date.now, startOfDay: (at) => new Date(at).setHours(0, 0, 0, 0), ...options });
  }
}
