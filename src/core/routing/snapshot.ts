// What a decision was made from, small enough for a line of the log, and back again.

import type { BudgetVerdict } from '../budget/judge-call.ts';
import type { QuotaWindow, WindowReading } from '../quota/reading.ts';
import type { SessionMode } from '../session-mode/session-mode.ts';
import type { Consent, DirectReach } from './decide-engine.ts';
import type { RouteInput } from './decide-route.ts';
import type { Mode } from './mode.ts';
import type { RoutingRules } from './rules.ts';
import type { Pace } from './steps.ts';
import type { Survey, SurveyedStep } from './survey-route.ts';

/** Who said it does not change what follows from it. */
type NotedReading = Omit<WindowReading, 'source'>;

export type RouteSnapshot = {
  /** When it was decided, in milliseconds since the epoch. */
  readonly at: number;
  readonly mode: Mode;
  readonly session: SessionMode | null;
  readonly enabled: boolean;
  readonly fallback: boolean;
  /** The fallback is held off by hand. */
  readonly heldOff: boolean;
  readonly pace: {
    readonly level: Pace['level'];
    readonly window: QuotaWindow;
    readonly percentAtReset: number;
  } | null;
  readonly quota: { readonly fiveHour: NotedReading | null; readonly weekly: NotedReading | null };
  readonly permissionMode: string | null;
  readonly project: string | null;
  /** It brought files that nobody had trusted. */
  readonly untrusted: boolean;
  readonly minuteOfDay: number | null;
  readonly prompt: { readonly chars: number; readonly files: readonly string[] } | null;
  /** Providers that were connected, as OpenCode calls them: a list of all their models would be too long. */
  readonly connected: readonly string[] | null;
  /** What a budget said against it. */
  readonly budget: BudgetVerdict | null;
  /** What was known of the way past OpenCode; `null` where there was none. */
  readonly reach: NotedReach | null;
};

export type NotedReach = {
  readonly seesRequests: boolean;
  /** Providers of which a model could be asked directly; `null`: nobody knew. */
  readonly providers: readonly string[] | null;
  readonly agreed: readonly string[];
  readonly refused: readonly string[];
  readonly cheaper: boolean;
  readonly trial: boolean;
};

const MOST_FILES = 20;
const LONGEST_FILE = 120;
const LONGEST_PROJECT = 1_000;
const MOST_PROVIDERS = 50;

export function takeSnapshot(input: RouteInput): RouteSnapshot {
  const { prompt, connectedModels } = input;
  return {
    at: input.now,
    mode: input.mode,
    session: input.session ?? null,
    enabled: input.enabled !== false,
    fallback: input.fallback.active,
    heldOff: input.fallback.heldOff === true,
    pace: pickPace(input.pace),
    quota: { fiveHour: pickReading(input.quota.fiveHour), weekly: pickReading(input.quota.weekly) },
    permissionMode: input.permissionMode ?? null,
    project: input.project?.slice(0, LONGEST_PROJECT) ?? null,
    untrusted: input.untrusted === true,
    minuteOfDay: input.minuteOfDay ?? null,
    prompt: prompt === undefined ? null : { chars: prompt.chars, files: fewFiles(prompt.files) },
    connected: connectedModels === undefined ? null : providersOf(connectedModels),
    budget: input.budget ?? null,
    reach: noteReach(input.reach),
  };
}

export type Restored = {
  readonly agent: string;
  readonly rules: RoutingRules;
  /** Instead of the mode that held then. */
  readonly mode?: Mode | undefined;
};

/** The same call under a configuration. A model counts as connected where its provider was. */
export function restoreInput(snapshot: RouteSnapshot, { agent, rules, mode }: Restored): RouteInput {
  const { fallback, prompt, connected } = snapshot;
  return {
    agent,
    rules,
    mode: mode ?? snapshot.mode,
    // A mode that is supposed is supposed for that session too.
    session: mode === undefined ? (snapshot.session ?? undefined) : undefined,
    enabled: snapshot.enabled,
    fallback: { active: fallback, heldOff: snapshot.heldOff || undefined },
    pace: snapshot.pace ?? undefined,
    quota: snapshot.quota,
    now: snapshot.at,
    permissionMode: snapshot.permissionMode ?? undefined,
    project: snapshot.project ?? undefined,
    untrusted: snapshot.untrusted || undefined,
    minuteOfDay: snapshot.minuteOfDay ?? undefined,
    prompt: prompt ?? undefined,
    connectedModels: connected === null ? undefined : modelsOf(connected, rules),
    budget: snapshot.budget ?? undefined,
    reach: reachOf(snapshot.reach, rules),
  };
}

/** What each step said, by its name. */
export type StepNotes = Readonly<Record<string, Pick<SurveyedStep, 'said' | 'route'> | null>>;

export function noteSteps({ steps }: Survey): StepNotes {
  return Object.fromEntries(
    steps.map(({ step, said, route }) => [step, said === null ? null : { said, route }]),
  );
}

function pickPace(pace: Pace | undefined): RouteSnapshot['pace'] {
  return pace === undefined
    ? null
    : { level: pace.level, window: pace.window, percentAtReset: pace.percentAtReset };
}

function noteReach(reach: DirectReach | undefined): NotedReach | null {
  if (reach === undefined) return null;
  const { seesRequests, models, consents, cheaper, trial } = reach;
  const said = (what: Consent) =>
    [...consents]
      .filter(([, consent]) => consent === what)
      .map(([provider]) => provider)
      .slice(0, MOST_PROVIDERS);
  const providers = models === null ? null : providersOf(models);
  return { seesRequests, providers, agreed: said('yes'), refused: said('never'), cheaper, trial };
}

function reachOf(reach: NotedReach | null, rules: RoutingRules): DirectReach | undefined {
  if (reach === null) return undefined;
  const { seesRequests, providers, agreed, refused, cheaper, trial } = reach;
  const consents = new Map<string, Consent>([
    ...agreed.map((provider) => [provider, 'yes'] as const),
    ...refused.map((provider) => [provider, 'never'] as const),
  ]);
  const models = providers === null ? null : modelsOf(providers, rules);
  return { seesRequests, models, consents, cheaper, trial };
}

function pickReading(reading: WindowReading | null): NotedReading | null {
  return reading && { percent: reading.percent, resetsAt: reading.resetsAt, readAt: reading.readAt };
}

function fewFiles(files: readonly string[]): readonly string[] {
  return files.slice(0, MOST_FILES).map((file) => file.slice(-LONGEST_FILE));
}

function providersOf(models: ReadonlySet<string>): readonly string[] {
  const providers = new Set([...models].map((model) => model.slice(0, model.indexOf('/'))));
  return [...providers].slice(0, MOST_PROVIDERS);
}

function modelsOf(providers: readonly string[], rules: RoutingRules): ReadonlySet<string> {
  const named = [
    ...Object.values(rules.targets).flat(),
    ...rules.fallback.chain,
    ...Object.values(rules.agents).map(({ model }) => model),
    ...rules.rules.map(({ target }) => target),
    rules.fallback.forceModel,
  ];
  const isConnected = (model: string) => providers.includes(model.slice(0, model.indexOf('/')));
  return new Set(named.filter((model) => typeof model === 'string').filter(isConnected));
}
