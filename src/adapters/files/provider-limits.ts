// provider-limits.json: how much of each provider's windows is spent, by whoever measured it.
import {
  NO_READINGS,
  type QuotaReadings,
  type QuotaSource,
  type WindowReading,
} from '../../core/quota/reading.ts';
import { toCanonicalProvider } from '../../core/routing/provider-name.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { ParsedState, StateFileSpec, StateProblem } from './state-file.ts';

/** A provider that has no windows, but has refused: until when it asked not to be asked. */
export type Refusal = {
  readonly code: string;
  readonly refusedAt: number;
  /** `null`: it did not say. */
  readonly until: number | null;
};

export type ProviderReadings = QuotaReadings & { readonly refusal?: Refusal | null };

/** Readings by canonical provider name. `claude` is always there. */
export type ProviderLimits = Readonly<Record<string, ProviderReadings>> & {
  readonly claude: ProviderReadings;
};

export const NO_LIMITS: ProviderLimits = { claude: NO_READINGS };

export function providerLimitsSpec(file: string): StateFileSpec<ProviderLimits> {
  return { file, migrations: [], parse: parseProviderLimits, serialise: serialiseProviderLimits };
}

export function parseProviderLimits(raw: JsonObject, modifiedAt: number): ParsedState<ProviderLimits> {
  const fileTime = parseTime(raw.lastUpdated) ?? modifiedAt;
  return Object.entries(raw).reduce<ParsedState<ProviderLimits>>(
    (limits, [name, entry]) => {
      if (!hasWindows(entry)) return limits;
      const parsed = parseReadings(name, entry, fileTime);
      return {
        value: withReadings(limits.value, toCanonicalProvider(name), parsed.value),
        problems: [...limits.problems, ...parsed.problems],
      };
    },
    { value: NO_LIMITS, problems: [] },
  );
}

export function serialiseProviderLimits(limits: ProviderLimits): JsonObject {
  const providers = Object.entries(limits).map(
    ([name, readings]) => [name, serialiseReadings(readings)] as const,
  );
  const newest = newestTime(Object.values(limits));
  return {
    ...Object.fromEntries(providers),
    ...(newest === null ? {} : { lastUpdated: formatTime(newest) }),
  };
}

/** Other entries are somebody else's: request counts, tiers, a version. */
function hasWindows(entry: unknown): entry is JsonObject {
  return isJsonObject(entry) && ['fiveHour', 'weekly', 'refusal'].some((key) => Object.hasOwn(entry, key));
}

/** One tool may write `claude` and another `anthropic`: the fresher reading of each window counts. */
function withReadings(limits: ProviderLimits, provider: string, readings: ProviderReadings): ProviderLimits {
  const before = Object.hasOwn(limits, provider) ? limits[provider] : undefined;
  const merged = {
    fiveHour: fresher(before?.fiveHour ?? null, readings.fiveHour),
    weekly: fresher(before?.weekly ?? null, readings.weekly),
    ...(readings.refusal ? { refusal: readings.refusal } : {}),
  };
  return { ...limits, [provider]: merged };
}

function fresher(a: WindowReading | null, b: WindowReading | null): WindowReading | null {
  if (a === null || b === null) return a ?? b;
  return b.readAt > a.readAt ? b : a;
}

function parseReadings(provider: string, entry: JsonObject, fileTime: number): ParsedState<ProviderReadings> {
  const entryTime = parseTime(entry.lastUpdated) ?? fileTime;
  const fiveHour = parseWindow(`${provider}.fiveHour`, entry.fiveHour, entryTime);
  const weekly = parseWindow(`${provider}.weekly`, entry.weekly, entryTime);
  return {
    value: { fiveHour: fiveHour.value, weekly: weekly.value, ...parseRefusal(entry.refusal) },
    problems: [...fiveHour.problems, ...weekly.problems],
  };
}

function parseRefusal(refusal: unknown): { readonly refusal?: Refusal } {
  if (!isJsonObject(refusal) || typeof refusal.code !== 'string') return {};
  const refusedAt = parseTime(refusal.refusedAt);
  if (refusedAt === null) return {};
  return { refusal: { code: refusal.code, refusedAt, until: parseTime(refusal.until) } };
}

function parseWindow(keyPath: string, window: unknown, time: number): ParsedState<WindowReading | null> {
  if (window === undefined || window === null) return { value: null, problems: [] };
  if (!isJsonObject(window)) return unusable(keyPath, 'is not an object with a percent');
  const { percent, resetsAt } = window;
  // Nobody has measured yet: a tool that keeps the place free says it with null.
  if (percent === undefined || percent === null) return { value: null, problems: [] };
  if (typeof percent !== 'number' || !(percent >= 0)) {
    return unusable(`${keyPath}.percent`, 'is not a number from 0 to 100');
  }
  // A window can be overdrawn, and some tools say by how much: it is spent all the same.
  const spent = Math.min(percent, 100);
  const reading = {
    percent: spent,
    resetsAt: parseTime(resetsAt),
    readAt: parseTime(window.lastUpdated) ?? time,
    ...parseSource(window.source),
  };
  if (reading.resetsAt !== null || resetsAt === undefined || resetsAt === null) {
    return { value: reading, problems: [] };
  }
  return { value: reading, problems: [problem(`${keyPath}.resetsAt`, 'is not a time')] };
}

const SOURCES: ReadonlySet<unknown> = new Set<QuotaSource>([
  'mod',
  'status-line',
  'limit-message',
  'usage-endpoint',
]);

function parseSource(source: unknown): { readonly source?: QuotaSource } {
  return SOURCES.has(source) ? { source: source as QuotaSource } : {};
}

function unusable(keyPath: string, complaint: string): ParsedState<null> {
  return { value: null, problems: [problem(keyPath, complaint)] };
}

function problem(keyPath: string, complaint: string): StateProblem {
  return { keyPath, message: `${keyPath} ${complaint}; it is ignored.` };
}

function serialiseReadings({ refusal, ...readings }: ProviderReadings): JsonObject {
  const newest = newestTime([readings]);
  return {
    fiveHour: serialiseWindow(readings.fiveHour),
    weekly: serialiseWindow(readings.weekly),
    ...(refusal ? { refusal: serialiseRefusal(refusal) } : {}),
    ...(newest === null ? {} : { lastUpdated: formatTime(newest) }),
  };
}

function serialiseRefusal({ code, refusedAt, until }: Refusal): JsonObject {
  return { code, refusedAt: formatTime(refusedAt), until: formatTime(until) };
}

function serialiseWindow(reading: WindowReading | null): JsonObject | null {
  if (reading === null) return null;
  return {
    percent: reading.percent,
    resetsAt: formatTime(reading.resetsAt),
    lastUpdated: formatTime(reading.readAt),
    source: reading.source ?? null,
  };
}

function newestTime(all: readonly QuotaReadings[]): number | null {
  const times = all.flatMap(({ fiveHour, weekly }) => [fiveHour?.readAt ?? 0, weekly?.readAt ?? 0]);
  const newest = Math.max(0, ...times);
  return newest === 0 ? null : newest;
}
