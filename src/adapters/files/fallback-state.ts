// fallback-state.json: whether Claude is out, since when, and what stands in for it.
import type { QuotaWindow } from '../../core/quota/reading.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { ParsedState, StateFileSpec } from './state-file.ts';

export type FallbackRecord = {
  readonly active: boolean;
  readonly reason: string | null;
  readonly currentModel: { readonly id: string; readonly name: string } | null;
  readonly since: number | null;
  /** null also where a person or another tool switched it on. */
  readonly trippedBy: QuotaWindow | null;
};

export const NO_FALLBACK: FallbackRecord = {
  active: false,
  reason: null,
  currentModel: null,
  since: null,
  trippedBy: null,
};

export function fallbackStateSpec(file: string): StateFileSpec<FallbackRecord> {
  return { file, version: 1, parse: parseFallbackState, serialise: serialiseFallbackState };
}

export function parseFallbackState(raw: JsonObject, modifiedAt: number): ParsedState<FallbackRecord> {
  const { fallbackActive, trippedBy } = raw;
  if (fallbackActive !== undefined && typeof fallbackActive !== 'boolean') {
    const message = 'fallbackActive is not true or false; fallback counts as off.';
    return { value: NO_FALLBACK, problems: [{ keyPath: 'fallbackActive', message }] };
  }
  const active = fallbackActive === true;
  // Earlier versions of OMCM called it fallbackStartedAt.
  const since = parseTime(raw.since) ?? parseTime(raw.fallbackStartedAt) ?? modifiedAt;
  const value: FallbackRecord = {
    active,
    reason: typeof raw.fallbackReason === 'string' ? raw.fallbackReason : null,
    currentModel: parseModel(raw.currentModel),
    since: active ? since : null,
    trippedBy: trippedBy === 'fiveHour' || trippedBy === 'weekly' ? trippedBy : null,
  };
  return { value, problems: [] };
}

export function serialiseFallbackState(state: FallbackRecord): JsonObject {
  return {
    fallbackActive: state.active,
    fallbackReason: state.reason,
    currentModel: state.currentModel,
    since: formatTime(state.since),
    trippedBy: state.trippedBy,
  };
}

function parseModel(model: unknown): FallbackRecord['currentModel'] {
  if (!isJsonObject(model) || typeof model.id !== 'string') return null;
  return { id: model.id, name: typeof model.name === 'string' ? model.name : model.id };
}
