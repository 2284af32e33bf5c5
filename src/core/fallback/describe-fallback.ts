// The fallback as others see it, without what only the machine needs.

import { isCurrent } from '../quota/is-current.ts';
import { QUOTA_WINDOWS, type QuotaReadings, type QuotaWindow } from '../quota/reading.ts';
import { type AutoState, type FallbackState, isActive, type Manual } from './fallback-state.ts';

export type FallbackView = {
  readonly state: FallbackState;
  readonly reason: string | null;
  readonly quota: QuotaReadings;
  readonly config: { readonly threshold: number; readonly fallback: { readonly chain: readonly string[] } };
  readonly now: number;
};

export type FallbackDescription = {
  readonly active: boolean;
  readonly state: AutoState['name'];
  readonly manual: Manual['set'] | null;
  readonly reason: string | null;
  readonly since: number | null;
  readonly trippedBy: QuotaWindow | null;
  readonly resetsAt: number | null;
  readonly threshold: number;
  readonly chain: string[];
  readonly readings: {
    readonly window: QuotaWindow;
    readonly percent: number;
    readonly readAt: number;
    readonly resetsAt: number | null;
    readonly source: string | null;
    readonly current: boolean;
  }[];
};

export function describeFallback({ state, reason, quota, config, now }: FallbackView): FallbackDescription {
  const { auto, manual } = state;
  const held = auto.name === 'active' ? auto : null;
  const active = isActive(state);
  const readings = QUOTA_WINDOWS.flatMap((window) => {
    const reading = quota[window];
    if (reading === null) return [];
    const { percent, readAt, resetsAt, source } = reading;
    const current = isCurrent(reading, window, now);
    return [{ window, percent, readAt, resetsAt, source: source ?? null, current }];
  });
  const rest = readings.some(({ current }) => current) ? 'watching' : 'unread';
  return {
    active,
    state: held === null ? rest : 'active',
    manual: manual?.set ?? null,
    reason: active ? reason : null,
    since: active ? (held?.since ?? manual?.since ?? null) : null,
    trippedBy: held?.trip.window ?? null,
    resetsAt: held?.trip.resetsAt ?? null,
    threshold: config.threshold,
    chain: [...config.fallback.chain],
    readings,
  };
}
