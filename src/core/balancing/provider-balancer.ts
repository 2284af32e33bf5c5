// The seed's ProviderBalancer: a thin owner of a balancing and of circuits, which decide.

import { type Circuits, NO_CIRCUITS } from '../circuit/circuit-state.ts';
import { findFirstBack, mayTry } from '../circuit/may-try.ts';
import { noteFailure, noteSuccess } from '../circuit/note-outcome.ts';
import { parseCircuits } from '../circuit/parse-circuits.ts';
import { beginProbe } from '../circuit/probe.ts';
import type { FailureCode } from '../delegation/failure.ts';
import { toCanonicalProvider } from '../routing/provider-name.ts';
import { isAmount } from './amount.ts';
import { arrangeBalancing } from './arrange-balancing.ts';
import { type Balancing, findGroup, NO_BALANCING } from './balancing.ts';
import { describeChoice, NONE_LEFT } from './describe-choice.ts';
import { type CandidateFigures, explainGroup } from './explain-group.ts';
import { noteAnswer, noteError, noteLearned, noteTokens } from './note-outcome.ts';
import { notePick } from './note-pick.ts';
import { parseBalancing } from './parse-balancing.ts';
import { pickCandidate } from './pick-candidate.ts';
import {
  DEFAULT_PROVIDERS,
  type Provider,
  type ProviderSettings,
  readProviders,
} from './provider-settings.ts';
import { type BalancerStats, summariseProviders } from './provider-stats.ts';
import { STRATEGIES, type Strategy } from './strategy.ts';

export type BalancerOptions = {
  /** By name, in the order of their turns; left out: claude, openai and gemini. */
  readonly providers?: Readonly<Record<string, ProviderSettings>> | undefined;
  /** Left out: `round-robin`. */
  readonly defaultStrategy?: Strategy | undefined;
  /** What an earlier balancer gave as JSON, parsed. Parts that make no sense are left out. */
  readonly state?: unknown;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1, without 1. */
  readonly random: () => number;
};

/** What a task is, for `adaptive`: it learns for each agent type, else for each task type. */
export type TaskContext = { readonly taskType?: string | undefined; readonly agentType?: string | undefined };

export type SelectContext = TaskContext & { readonly excludeProviders?: readonly string[] | undefined };

export type Selection =
  | { readonly provider: string; readonly reason: string }
  /** `retryAt`: when the first of those that rest comes back; `null`: none does. */
  | { readonly provider: null; readonly reason: string; readonly retryAt: number | null };

/** How a request failed; left out, it is one that may be the request's own fault. */
export type RecordedError = {
  readonly code?: FailureCode | undefined;
  readonly retryAfterMs?: number | undefined;
};

const EVERY_ROLE = '';
/** A caller may invent task types without end; later ones share what is learned. */
const MOST_ROLES = 100;

export class ProviderBalancer {
  readonly #providers: readonly Provider[];
  readonly #disabled: readonly string[];
  readonly #defaultStrategy: Strategy;
  readonly #now: () => number;
  readonly #random: () => number;
  #balancing: Balancing;
  #circuits: Circuits;
  #ignoredRecords = 0;

  constructor(options: BalancerOptions) {
    const { providers = DEFAULT_PROVIDERS, defaultStrategy = 'round-robin', state } = options;
    this.#providers = readProviders(providers);
    this.#disabled = this.#providers.filter(({ enabled }) => !enabled).map(({ name }) => name);
    this.#defaultStrategy = known(defaultStrategy);
    this.#now = options.now;
    this.#random = options.random;
    const stored = typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : {};
    this.#circuits = parseCircuits(stored.circuits ?? NO_CIRCUITS).circuits;
    const { balancing } = parseBalancing(stored.balancing ?? NO_BALANCING);
    const roles = balancing.groups.map(({ role }) => role);
    this.#balancing = this.#arrange(balancing, [EVERY_ROLE, ...roles].slice(0, MOST_ROLES));
  }

  /** Never one that is excluded, disabled or resting after errors. */
  selectProvider(strategy: Strategy = this.#defaultStrategy, context: SelectContext = {}): Selection {
    const now = this.#now();
    const role = known(strategy) === 'adaptive' ? this.#enterRole(context) : EVERY_ROLE;
    const without = this.#leftOut(context.excludeProviders, now);
    const choice = pickCandidate(this.#balancing, { role, strategy, without, now, random: this.#random });
    if (choice === null) return this.#noneLeft(context.excludeProviders, now);
    this.#balancing = notePick(this.#balancing, { role, choice, now });
    this.#circuits = beginProbe(this.#circuits, choice.candidate, { now });
    return { provider: choice.candidate, reason: describeChoice(choice) };
  }

  /** A request was answered, after so many milliseconds. `costUsd` is for `adaptive`. */
  recordLatency(
    provider: string,
    latencyMs: number,
    context: TaskContext & { readonly costUsd?: number | undefined } = {},
  ): void {
    const candidate = this.#find(provider, latencyMs);
    if (candidate === null) return;
    const now = this.#now();
    const { costUsd } = context;
    this.#learn({ role: this.#enterRole(context), candidate, ok: true, latencyMs, costUsd, now });
    this.#setArms(noteAnswer(this.#balancing.arms, candidate, { latencyMs, now }));
    this.#circuits = noteSuccess(this.#circuits, candidate, now);
  }

  /** A request took so many tokens, for the strategy `usage`. */
  recordUsage(provider: string, tokens: number): void {
    const candidate = this.#find(provider, tokens);
    if (candidate === null) return;
    this.#setArms(noteTokens(this.#balancing.arms, candidate, { tokens, now: this.#now() }));
  }

  /** A request failed. The provider rests for a while if `error` says so, or at the third one in a row. */
  recordError(provider: string, error: RecordedError = {}, context: TaskContext = {}): void {
    const candidate = this.#find(provider, 0);
    if (candidate === null) return;
    const now = this.#now();
    const failed = { code: error.code ?? 'provider-error', retryAfterMs: error.retryAfterMs };
    this.#learn({ role: this.#enterRole(context), candidate, ok: false, now });
    this.#setArms(noteTokens(noteError(this.#balancing.arms, candidate, now), candidate, { tokens: 0, now }));
    this.#circuits = noteFailure(this.#circuits, candidate, { failed, now });
  }

  /** What was recorded, and who may be chosen now. */
  getStats(): BalancerStats {
    const recorded = {
      providers: this.#providers,
      arms: this.#balancing.arms,
      circuits: this.#circuits,
      defaultStrategy: this.#defaultStrategy,
      ignoredRecords: this.#ignoredRecords,
    };
    return summariseProviders(recorded, this.#now());
  }

  /** What each strategy sees in each provider. */
  explain(context: TaskContext = {}): readonly CandidateFigures[] {
    const { balancing, role } = this.#withRole(context);
    return explainGroup(balancing, { role, now: this.#now() });
  }

  /** For `state` of the next one. */
  toJSON(): { readonly balancing: Balancing; readonly circuits: Circuits } {
    return { balancing: this.#balancing, circuits: this.#circuits };
  }

  #arrange(balancing: Balancing, roles: readonly string[]): Balancing {
    const names = this.#providers.map(({ name }) => name);
    const weights = new Map(this.#providers.map(({ name, weight }) => [name, weight]));
    const groups = Object.fromEntries(roles.map((role) => [role, names]));
    return arrangeBalancing(balancing, { groups, weightOf: (name) => weights.get(name) ?? 1 });
  }

  #enterRole(context: TaskContext): string {
    const { balancing, role } = this.#withRole(context);
    this.#balancing = balancing;
    return role;
  }

  #withRole({ agentType, taskType }: TaskContext): { balancing: Balancing; role: string } {
    const role = agentType ?? taskType ?? EVERY_ROLE;
    const balancing = this.#balancing;
    if (findGroup(balancing, role) !== null) return { balancing, role };
    const roles = balancing.groups.map((group) => group.role);
    if (roles.length >= MOST_ROLES) return { balancing, role: EVERY_ROLE };
    return { balancing: this.#arrange(balancing, [...roles, role]), role };
  }

  #leftOut(excluded: readonly string[] | undefined, now: number): readonly string[] {
    const resting = Object.keys(this.#circuits).filter((name) => !mayTry(this.#circuits, name, now).may);
    if (excluded === undefined && resting.length === 0) return this.#disabled;
    return [...this.#disabled, ...resting, ...(excluded ?? []).map(toCanonicalProvider)];
  }

  #noneLeft(excluded: readonly string[] = [], now: number): Selection {
    const out = [...this.#disabled, ...excluded.map(toCanonicalProvider)];
    const resting = this.#providers.map(({ name }) => name).filter((name) => !out.includes(name));
    const retryAt = findFirstBack(this.#circuits, resting, now)?.at ?? null;
    return { provider: null, reason: NONE_LEFT, retryAt };
  }

  #find(provider: string, figure: number): string | null {
    const name = toCanonicalProvider(provider);
    if (isAmount(figure) && this.#providers.some((other) => other.name === name)) return name;
    this.#ignoredRecords += 1;
    return null;
  }

  #learn(note: Parameters<typeof noteLearned>[1]): void {
    this.#balancing = noteLearned(this.#balancing, note);
  }

  #setArms(arms: Balancing['arms']): void {
    this.#balancing = { ...this.#balancing, arms };
  }
}

function known(strategy: Strategy): Strategy {
  if (STRATEGIES.includes(strategy)) return strategy;
  throw new RangeError(`there is no strategy ${strategy}; there are ${STRATEGIES.join(', ')}`);
}
