// Everything that was counted so far: the saved counts, and the lines of the logs that came after them.
import { MetricsCollector } from '../../core/tracking/metrics-collector.ts';
import { startOfLocalDay } from './local-day.ts';
import { type Counted, type MetricsState, metricsSpec, NO_METRICS } from './metrics-state.ts';
import type { Paths } from './paths.ts';
import { readUncountedEvents } from './read-uncounted-events.ts';
import { readStateFile, type StateRead } from './state-file.ts';

export type MetricsFiles = Pick<Paths, 'metricsFile' | 'routingLogFile' | 'outcomeLogFile'>;

export type LoadedMetrics = {
  readonly metrics: MetricsCollector;
  readonly counted: Counted;
  /** There were lines that the saved counts did not have. */
  readonly isAhead: boolean;
  readonly read: StateRead<MetricsState>;
};

/** Throws the file system's errors where a log cannot be read. */
export async function loadMetrics(files: MetricsFiles, now: () => number): Promise<LoadedMetrics> {
  const metrics = new MetricsCollector({ now, startOfDay: startOfLocalDay });
  const read = await readStateFile(metricsSpec(files.metricsFile));
  const saved = read.kind === 'ok' ? read.value : NO_METRICS;
  metrics.merge(saved.metrics);
  const { events, counted } = await readUncountedEvents(files, saved.counted);
  for (const event of events) metrics.record(event);
  return { metrics, counted, isAhead: events.length > 0, read };
}
