// Between the two thresholds nothing moves by itself: a person is told, once a window.

import { type CurrentReading, foreseeEnd } from '../quota/current-readings.ts';
import { WINDOW_LENGTH } from '../quota/is-current.ts';
import type { QuotaWindow } from '../quota/reading.ts';
import type { FallbackEvent } from './fallback-event.ts';
import type { FallbackState } from './fallback-state.ts';

type SuggestedUntil = FallbackState['suggestedUntil'];

type Scene = {
  readonly now: number;
  readonly current: readonly CurrentReading[];
  readonly rules: { readonly suggestAt: number };
};

export function suggest(
  suggestedUntil: SuggestedUntil,
  { now, current, rules }: Scene,
): { readonly suggestedUntil: SuggestedUntil; readonly events: readonly FallbackEvent[] } {
  const due = current.filter(
    ({ window, reading: { percent } }) =>
      percent >= rules.suggestAt && !isSuggested(suggestedUntil[window], window, now),
  );
  const until = due.map((one) => [one.window, foreseeEnd(one, now)] as const);
  const events = due.map(({ window, reading: { percent, resetsAt } }): FallbackEvent => {
    const reason = `claude-usage-${Math.floor(percent)}%`;
    return { type: 'suggested', at: now, reason, window, percent, resetsAt };
  });
  return { suggestedUntil: { ...suggestedUntil, ...Object.fromEntries(until) }, events };
}

/** A time that lies further ahead than a window is long comes from a clock that was wrong. */
function isSuggested(until: number | null, window: QuotaWindow, now: number): boolean {
  return until !== null && now < until && until - now <= WINDOW_LENGTH[window];
}
