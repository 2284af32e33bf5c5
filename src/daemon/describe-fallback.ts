import type { FallbackRecord } from '../adapters/files/fallback-state.ts';
import type { Config } from '../core/config/schema.ts';
import { isActive } from '../core/fallback/fallback-state.ts';
import { isCurrent } from '../core/quota/is-current.ts';
import { QUOTA_WINDOWS, type QuotaReadings } from '../core/quota/reading.ts';
import type { FallbackStatus } from '../protocol/quota.ts';

export type FallbackView = {
  readonly record: FallbackRecord;
  readonly quota: QuotaReadings;
  readonly config: Config;
  readonly now: number;
};

export function describeFallback({ record, quota, config, now }: FallbackView): FallbackStatus {
  const { auto, manual } = record.state;
  const held = auto.name === 'active' ? auto : null;
  const active = isActive(record.state);
  return {
    active,
    state: auto.name,
    manual: manual?.set ?? null,
    reason: active ? record.reason : null,
    since: active ? (held?.since ?? manual?.since ?? null) : null,
    trippedBy: held?.trip.window ?? null,
    resetsAt: held?.trip.resetsAt ?? null,
    threshold: config.threshold,
    chain: [...config.fallback.chain],
    readings: QUOTA_WINDOWS.flatMap((window) => {
      const reading = quota[window];
      if (reading === null) return [];
      const { percent, readAt, resetsAt, source } = reading;
      const current = isCurrent(reading, window, now);
      return [{ window, percent, readAt, resetsAt, source: source ?? null, current }];
    }),
  };
}
