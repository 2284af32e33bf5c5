/** What the daemon tells of itself in Prometheus' words: what its events add up to, and how it stands. */
import type { RenderedMetrics } from '../../adapters/prometheus/render-families.ts';
import type { MetricFamily } from '../../core/metrics/metric-family.ts';
import { createTotals, type Totals } from '../../core/metrics/totals.ts';
import type { Status } from '../../protocol/status.ts';
import { listGauges } from './list-gauges.ts';

export type DaemonMetrics = Omit<Totals, 'families'> & {
  families(): Promise<readonly MetricFamily[]>;
  render(): Promise<RenderedMetrics>;
};

export function createMetrics(status: () => Promise<Status>): DaemonMetrics {
  const { families: countedFamilies, ...counting } = createTotals();
  const families = async () => [...countedFamilies(), ...listGauges(await status(), processUse())];
  return {
    ...counting,
    families,
    render: async () => {
      // Loaded by whoever asks first: most never do.
      const { renderFamilies } = await import('../../adapters/prometheus/render-families.ts');
      return renderFamilies(await families());
    },
  };
}

function processUse() {
  const { user, system } = process.cpuUsage();
  const { heapUsed } = process.memoryUsage();
  return { cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage.rss(), heapBytes: heapUsed };
}
