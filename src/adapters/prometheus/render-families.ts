// The text that Prometheus reads, by its own client: names and labels are checked, values escaped.
import { Counter, Gauge, type Metric, Registry } from 'prom-client';
import type { MetricFamily } from '../../core/metrics/metric-family.ts';

export type RenderedMetrics = { readonly contentType: string; readonly text: string };

export async function renderFamilies(families: readonly MetricFamily[]): Promise<RenderedMetrics> {
  const registry = new Registry();
  for (const family of families) register(family, registry);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

function register(family: MetricFamily, registry: Registry): void {
  const { name, help, type, samples } = family;
  if (type === 'histogram') {
    registry.registerMetric(counted(family));
    return;
  }
  const labelNames = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
  const settings = { name, help, labelNames, registers: [registry] };
  if (type === 'counter') {
    const counter = new Counter(settings);
    for (const { labels, value } of samples) counter.inc({ ...labels }, value);
    return;
  }
  const gauge = new Gauge(settings);
  for (const { labels, value } of samples) gauge.set({ ...labels }, value);
}

/** prom-client's histogram counts by itself; ours is counted already, so it is handed over as what such a one says. */
function counted({ name, help, type, samples }: MetricFamily): Metric {
  const values = samples.map((sample) => ({
    metricName: sample.name ?? name,
    labels: sample.labels,
    value: sample.value,
  }));
  const said = { name, get: async () => ({ name, help, type, values, aggregator: 'sum' }) };
  return said as unknown as Metric;
}
