// fusion-state.json: how many tasks went where, for the HUD and for people's own scripts.
import { toCanonicalProvider } from '../../core/routing/provider-name.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { ParsedState, StateFileSpec, StateProblem } from './state-file.ts';

export type FusionState = {
  readonly enabled: boolean;
  readonly mode: string;
  readonly totalTasks: number;
  readonly routedToOpenCode: number;
  /** Measured tokens that other providers spent in place of Claude. The seed calls them estimated. */
  readonly estimatedSavedTokens: number;
  /** Tasks by canonical provider name. */
  readonly byProvider: Readonly<Record<string, number>>;
  readonly lastUpdated: number | null;
};

export const NO_FUSION_STATE: FusionState = {
  enabled: true,
  mode: 'default',
  totalTasks: 0,
  routedToOpenCode: 0,
  estimatedSavedTokens: 0,
  byProvider: {},
  lastUpdated: null,
};

export function fusionStateSpec(file: string): StateFileSpec<FusionState> {
  return { file, migrations: [], parse: parseFusionState, serialise: serialiseFusionState };
}

export function parseFusionState(raw: JsonObject, modifiedAt: number): ParsedState<FusionState> {
  const byProvider = isJsonObject(raw.byProvider) ? raw.byProvider : {};
  const value: FusionState = {
    enabled: typeof raw.enabled === 'boolean' ? raw.enabled : NO_FUSION_STATE.enabled,
    mode: typeof raw.mode === 'string' ? raw.mode : NO_FUSION_STATE.mode,
    totalTasks: countFrom(raw.totalTasks),
    routedToOpenCode: countFrom(raw.routedToOpenCode),
    estimatedSavedTokens: countFrom(raw.estimatedSavedTokens),
    byProvider: countsByProvider(byProvider),
    lastUpdated: parseTime(raw.lastUpdated) ?? modifiedAt,
  };
  return { value, problems: [...fieldProblems(raw), ...countProblems('byProvider.', byProvider)] };
}

export function serialiseFusionState(state: FusionState): JsonObject {
  const { totalTasks, routedToOpenCode } = state;
  const { claude = 0, openai = 0, gemini = 0, ...others } = state.byProvider;
  return {
    enabled: state.enabled,
    mode: state.mode,
    totalTasks,
    routedToOpenCode,
    routingRate: totalTasks === 0 ? 0 : Math.round((routedToOpenCode / totalTasks) * 100),
    estimatedSavedTokens: state.estimatedSavedTokens,
    // The seed's file says anthropic where we say claude.
    byProvider: { gemini, openai, anthropic: claude, ...others },
    lastUpdated: formatTime(state.lastUpdated),
  };
}

function countsByProvider(counts: JsonObject): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(counts).map(([provider, count]) => [toCanonicalProvider(provider), countFrom(count)]),
  );
}

function fieldProblems({ enabled, mode, ...raw }: JsonObject): readonly StateProblem[] {
  const { totalTasks, routedToOpenCode, estimatedSavedTokens } = raw;
  return [
    ...(enabled === undefined || typeof enabled === 'boolean'
      ? []
      : [problem('enabled', 'is not true or false')]),
    ...(mode === undefined || typeof mode === 'string' ? [] : [problem('mode', 'is not text')]),
    ...countProblems('', { totalTasks, routedToOpenCode, estimatedSavedTokens }),
  ];
}

function countProblems(prefix: string, counts: JsonObject): readonly StateProblem[] {
  return Object.entries(counts)
    .filter(([, count]) => count !== undefined && !isCount(count))
    .map(([key]) => problem(prefix + key, 'is not a count'));
}

function countFrom(value: unknown): number {
  return isCount(value) ? value : 0;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function problem(keyPath: string, complaint: string): StateProblem {
  return { keyPath, message: `${keyPath} ${complaint}; it is ignored.` };
}
