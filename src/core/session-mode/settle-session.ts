// How much does a session's mode route now?
//
//   ulw   ── nothing known, or below the warning ──► default
//         ── from the warning on ─────────────────► save-tokens
//         ── from the threshold on ───────────────► everything
//   hulw, autopilot ──────────────────────────────► fusion

import { findSpentWindow } from '../quota/find-spent-window.ts';
import type { QuotaReadings } from '../quota/reading.ts';
import type { Mode } from '../routing/mode.ts';
import type { SessionMode } from './session-mode.ts';

export type SettledSession = {
  /** What a mode for all sessions would have to be to route as much. */
  readonly as: Mode;
  /** As in an emergency: those that fusion keeps go too. */
  readonly everything: boolean;
  /** Of the fuller window, where that decided. */
  readonly percent: number | null;
};

export type Thresholds = {
  readonly threshold: number;
  readonly routing: { readonly usageThreshold: number };
};

export function settleSession(
  mode: SessionMode,
  quota: QuotaReadings,
  { threshold, routing }: Thresholds,
  now: number,
): SettledSession {
  if (mode !== 'ulw') return { as: 'fusion', everything: false, percent: null };
  const spent = findSpentWindow(quota, threshold, now);
  if (spent !== null) return { as: 'fusion', everything: true, percent: spent.percent };
  const scarce = findSpentWindow(quota, routing.usageThreshold, now);
  return {
    as: scarce === null ? 'default' : 'save-tokens',
    everything: false,
    percent: scarce?.percent ?? null,
  };
}
