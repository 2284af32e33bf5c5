/**
 * What the daemon's own events add up to. It survives a restart:
 *
 *   event ─▶ counted in memory, and one line in a log ─▶ every minute, all counts as one file, with the last line in them
 *   start ─▶ that file, and the lines after it
 */
import { loadMetrics, type MetricsFiles } from '../../adapters/files/load-metrics.ts';
import { startOfLocalDay } from '../../adapters/files/local-day.ts';
import {
  type Counted,
  type MetricsState,
  metricsSpec,
  NO_METRICS,
} from '../../adapters/files/metrics-state.ts';
import { updateStateFile } from '../../adapters/files/state-file.ts';
import { MetricsCollector } from '../../core/tracking/metrics-collector.ts';
import { RealtimeTracker } from '../../core/tracking/realtime-tracker.ts';
import type { TrackedEvent } from '../../core/tracking/tracked-event.ts';
import type { Stats } from '../../protocol/stats.ts';
import { describeDamage } from '../describe-damage.ts';
import type { Journal } from './create-journal.ts';

export type Tracking = {
  /** Takes up what was counted before; to be awaited before anything new is recorded. */
  start(keptEvents: number): Promise<void>;
  record(event: TrackedEvent): void;
  report(recent: number): Stats;
  stop(): Promise<void>;
};

export type TrackingOptions = {
  readonly paths: MetricsFiles;
  readonly journal: Pick<Journal, 'afterLines'>;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

/** Until then the logs hold what happens. */
const SAVE_EVERY_MS = 60_000;

export function createTracking({ paths, journal, now, onProblem }: TrackingOptions): Tracking {
  let metrics = new MetricsCollector({ now, startOfDay: startOfLocalDay });
  let tracker = new RealtimeTracker();
  let counted: Counted = NO_METRICS.counted;
  let isChanged = false;
  let timer: NodeJS.Timeout | null = null;

  const restore = async () => {
    const loaded = await loadMetrics(paths, now);
    metrics = loaded.metrics;
    counted = loaded.counted;
    isChanged = loaded.isAhead;
    const { read } = loaded;
    if (read.kind === 'failed') onProblem('metrics', read.failure.message);
    if (read.kind === 'damaged') onProblem('state-damaged', describeDamage(paths.metricsFile, read.setAside));
  };
  const save = async () => {
    if (!isChanged) return;
    isChanged = false;
    const snapshot = metrics.snapshot();
    await journal.afterLines(async (written) => {
      counted = { ...counted, ...written };
      const state: MetricsState = { metrics: snapshot, counted, savedAt: now() };
      const update = await updateStateFile(metricsSpec(paths.metricsFile), () => state);
      if (update.kind === 'failed') {
        isChanged = true;
        onProblem('metrics', update.failure.message);
      }
    });
  };
  const saveInTime = () => {
    save().catch((error: unknown) => onProblem('internal', String(error)));
  };

  return {
    start: async (keptEvents) => {
      tracker = new RealtimeTracker({ capacity: keptEvents });
      await restore().catch((error: unknown) => onProblem('metrics', String(error)));
      timer ??= setInterval(saveInTime, SAVE_EVERY_MS).unref();
    },
    record: (event) => {
      tracker.recordEvent(event);
      metrics.record(event);
      isChanged = true;
    },
    report: (recent) => ({ ...metrics.getMetrics(), recent: tracker.getRecent(recent) }),
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      await save();
    },
  };
}
