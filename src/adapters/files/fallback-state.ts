// fallback-state.json: whether Claude is out, since when, what stands in for it, and what it takes to come back.
//
// Others may write `fallbackActive` too. What the rest of the file says then no longer fits, and their word counts:
// true with the window that tripped is a fallback like ours, true without one and false are a person's hand.

import {
  type AutoState,
  type Calm,
  type FallbackState,
  INITIAL_FALLBACK,
  isActive,
  type Manual,
  NO_CALM,
} from '../../core/fallback/fallback-state.ts';
import type { QuotaWindow } from '../../core/quota/reading.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { ParsedState, StateFileSpec } from './state-file.ts';

export type FallbackRecord = {
  readonly state: FallbackState;
  readonly reason: string | null;
  readonly currentModel: { readonly id: string; readonly name: string } | null;
};

export const NO_FALLBACK: FallbackRecord = { state: INITIAL_FALLBACK, reason: null, currentModel: null };

export function fallbackStateSpec(file: string): StateFileSpec<FallbackRecord> {
  return { file, migrations: [], parse: parseFallbackState, serialise: serialiseFallbackState };
}

export function parseFallbackState(raw: JsonObject, modifiedAt: number): ParsedState<FallbackRecord> {
  const { fallbackActive } = raw;
  if (fallbackActive !== undefined && typeof fallbackActive !== 'boolean') {
    const message = 'fallbackActive is not true or false; fallback counts as off.';
    return { value: NO_FALLBACK, problems: [{ keyPath: 'fallbackActive', message }] };
  }
  // Earlier versions of OMCM called it fallbackStartedAt.
  const since = parseTime(raw.since) ?? parseTime(raw.fallbackStartedAt) ?? modifiedAt;
  const state: FallbackState = {
    auto: parseAuto(raw, since),
    manual: parseManual(raw.manual),
    suggestedUntil: parseSuggested(raw.suggestedUntil),
  };
  const active = fallbackActive === true;
  const value: FallbackRecord = {
    state: isActive(state) === active ? state : obey(state, active, since),
    reason: active && typeof raw.fallbackReason === 'string' ? raw.fallbackReason : null,
    currentModel: active ? parseModel(raw.currentModel) : null,
  };
  return { value, problems: [] };
}

export function serialiseFallbackState({ state, reason, currentModel }: FallbackRecord): JsonObject {
  const { auto, manual, suggestedUntil } = state;
  const active = isActive(state);
  const held = auto.name === 'active' ? auto : null;
  return {
    fallbackActive: active,
    fallbackReason: active ? reason : null,
    currentModel: active ? currentModel : null,
    since: formatTime(held?.since ?? (active ? (manual?.since ?? null) : null)),
    trippedBy: held?.trip.window ?? null,
    trip: held && {
      percent: held.trip.percent,
      readAt: formatTime(held.trip.readAt),
      resetsAt: formatTime(held.trip.resetsAt),
    },
    lowReadings: held && { count: held.calm.count, lastReadAt: formatTime(held.calm.lastReadAt) },
    manual: manual && { set: manual.set, since: formatTime(manual.since) },
    suggestedUntil: {
      fiveHour: formatTime(suggestedUntil.fiveHour),
      weekly: formatTime(suggestedUntil.weekly),
    },
  };
}

function obey(state: FallbackState, active: boolean, since: number): FallbackState {
  if (active) return { ...state, manual: { set: 'on', since } };
  return { ...state, manual: state.auto.name === 'active' ? { set: 'off', since } : null };
}

function parseAuto({ trippedBy, trip, lowReadings }: JsonObject, since: number): AutoState {
  if (trippedBy !== 'fiveHour' && trippedBy !== 'weekly') return INITIAL_FALLBACK.auto;
  return { name: 'active', since, trip: parseTrip(trippedBy, trip, since), calm: parseCalm(lowReadings) };
}

/** Whoever names only the window says that it was spent then. */
function parseTrip(window: QuotaWindow, trip: unknown, since: number) {
  const { percent, readAt, resetsAt } = isJsonObject(trip) ? trip : {};
  return {
    window,
    percent: typeof percent === 'number' && Number.isFinite(percent) ? percent : 100,
    readAt: parseTime(readAt) ?? since,
    resetsAt: parseTime(resetsAt),
  };
}

function parseCalm(calm: unknown): Calm {
  if (!isJsonObject(calm) || typeof calm.count !== 'number') return NO_CALM;
  const lastReadAt = parseTime(calm.lastReadAt);
  return lastReadAt === null || calm.count < 1 ? NO_CALM : { count: calm.count, lastReadAt };
}

function parseManual(manual: unknown): Manual | null {
  if (!isJsonObject(manual) || (manual.set !== 'on' && manual.set !== 'off')) return null;
  const since = parseTime(manual.since);
  return since === null ? null : { set: manual.set, since };
}

function parseSuggested(until: unknown): FallbackState['suggestedUntil'] {
  const { fiveHour, weekly } = isJsonObject(until) ? until : {};
  return { fiveHour: parseTime(fiveHour), weekly: parseTime(weekly) };
}

function parseModel(model: unknown): FallbackRecord['currentModel'] {
  if (!isJsonObject(model) || typeof model.id !== 'string') return null;
  return { id: model.id, name: typeof model.name === 'string' ? model.name : model.id };
}
