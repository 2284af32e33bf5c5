import type { WindowReading } from '../../../src/core/quota/reading.ts';
import { NO_READINGS } from '../../../src/core/quota/reading.ts';
import type { RouteInput } from '../../../src/core/routing/decide-route.ts';
import { completeRules, type PartialRules } from '../../../src/core/routing/rules.ts';

export const NOW = Date.UTC(2026, 0, 28, 12);
export const HOUR = 3_600_000;

/** A quiet day: nothing is short, nobody has chosen anything. */
export function input({
  rules,
  ...given
}: Partial<Omit<RouteInput, 'rules'>> & { rules?: PartialRules }): RouteInput {
  return {
    agent: 'architect',
    mode: 'default',
    fallback: { active: false },
    quota: NO_READINGS,
    now: NOW,
    ...given,
    rules: completeRules(rules ?? {}),
  };
}

/** Read a minute ago, with an hour to go. */
export function reading(percent: number, given: Partial<WindowReading> = {}): WindowReading {
  return { percent, readAt: NOW - 60_000, resetsAt: NOW + HOUR, ...given };
}
