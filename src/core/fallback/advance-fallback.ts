// What has become of the fallback, now that this is known? Called for every reading and as time goes by: it
// asks only what the readings and the clock say, so one call too many changes nothing.

import { type CurrentReading, currentReadings } from '../quota/current-readings.ts';
import { endOf } from '../quota/is-current.ts';
import type { QuotaReadings } from '../quota/reading.ts';
import type { FallbackEvent, ReturnReason } from './fallback-event.ts';
import { type AutoState, type FallbackState, isActive, NO_CALM, type Trip } from './fallback-state.ts';
import { countCalm, findWayBack } from './find-way-back.ts';
import { suggest } from './suggest.ts';

export type FallbackRules = {
  /** Percent of either window from which on Claude counts as out. */
  readonly threshold: number;
  /** Percent from which on a person is told, once a window. */
  readonly suggestAt: number;
  /** It stays at least this long. */
  readonly dwellMs: number;
};

export type Observation = { readonly now: number; readonly quota: QuotaReadings };

export type FallbackStep = { readonly state: FallbackState; readonly events: readonly FallbackEvent[] };

export function advanceFallback(
  state: FallbackState,
  { now, quota }: Observation,
  rules: FallbackRules,
): FallbackStep {
  const current = currentReadings(quota, now);
  const { auto, back } = advanceAuto(withoutFuture(state.auto, now), { now, current, rules });
  const moved: FallbackState = { ...state, auto };
  const change = changeBetween(state, moved, { now, back });
  if (moved.manual !== null) return { state: moved, events: change };
  const suggestion = suggest(moved.suggestedUntil, { now, current, rules });
  // Who hears that Claude is out need not be told that it is getting scarce, now or when it is back.
  const events = isActive(moved) ? change : [...change, ...suggestion.events];
  return { state: { ...moved, suggestedUntil: suggestion.suggestedUntil }, events };
}

export function setManual(state: FallbackState, set: 'on' | 'off' | 'auto', now: number): FallbackStep {
  const moved: FallbackState = { ...state, manual: set === 'auto' ? null : { set, since: now } };
  return { state: moved, events: changeBetween(state, moved, { now, back: 'manual' }) };
}

type Scene = {
  readonly now: number;
  readonly current: readonly CurrentReading[];
  readonly rules: FallbackRules;
};

/** `back`: why it has just ended; `null` where it has not. */
type Advance = { readonly auto: AutoState; readonly back: ReturnReason | null };

function advanceAuto(auto: AutoState, { now, current, rules }: Scene): Advance {
  const rest: AutoState = { name: current.length === 0 ? 'unread' : 'watching' };
  const spent = lastToEnd(
    current.filter(({ reading }) => reading.percent >= rules.threshold).map((one) => toTrip(one, now)),
  );
  if (auto.name !== 'active') {
    if (spent === null) return { auto: rest, back: null };
    return { auto: { name: 'active', since: now, trip: spent, calm: NO_CALM }, back: null };
  }
  // A newer word on the same window replaces the older one, also where it ends earlier.
  const others = auto.trip.window === spent?.window ? [] : [auto.trip];
  const trip = lastToEnd([...others, ...(spent === null ? [] : [spent])]) ?? auto.trip;
  const calm = trip.window === auto.trip.window ? countCalm(auto, { now, current, rules }) : NO_CALM;
  const held = { ...auto, trip, calm };
  const back = findWayBack(held, { now, current, rules });
  return { auto: back === null ? held : rest, back };
}

function toTrip({ window, reading: { percent, readAt, resetsAt } }: CurrentReading, now: number): Trip {
  return { window, percent, readAt: Math.min(readAt, now), resetsAt };
}

function lastToEnd(trips: readonly Trip[]): Trip | null {
  return [...trips].sort((a, b) => endOf(b, b.window) - endOf(a, a.window))[0] ?? null;
}

/** A clock that was turned back must not make what it said before last for ever. */
function withoutFuture(auto: AutoState, now: number): AutoState {
  if (auto.name !== 'active') return auto;
  const { since, trip, calm } = auto;
  return {
    ...auto,
    since: Math.min(since, now),
    trip: { ...trip, readAt: Math.min(trip.readAt, now) },
    calm: { ...calm, lastReadAt: Math.min(calm.lastReadAt, now) },
  };
}

type Change = { readonly now: number; readonly back: ReturnReason | null };

function changeBetween(
  before: FallbackState,
  after: FallbackState,
  { now, back }: Change,
): readonly FallbackEvent[] {
  if (isActive(before) === isActive(after)) return [];
  if (!isActive(after)) return [{ type: 'returned', at: now, reason: back ?? 'manual' }];
  const { manual, auto } = after;
  if (manual !== null || auto.name !== 'active')
    return [{ type: 'activated', at: now, reason: 'manual', window: null, percent: null, resetsAt: null }];
  const { window, percent, resetsAt } = auto.trip;
  const reason = `claude-limit-${Math.floor(percent)}%`;
  return [{ type: 'activated', at: now, reason, window, percent, resetsAt }];
}
