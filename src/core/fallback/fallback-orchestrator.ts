// The machine with its state held, for those who use the library instead of the daemon.

import { parseProviderLimits } from '../quota/parse-provider-limits.ts';
import { advanceFallback, type FallbackRules, type FallbackStep, setManual } from './advance-fallback.ts';
import type { FallbackEvent } from './fallback-event.ts';
import { type FallbackState, INITIAL_FALLBACK, isActive } from './fallback-state.ts';

export type OrchestratorOptions = Partial<FallbackRules> & {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What `state` gave before. */
  readonly state?: FallbackState;
};

const DEFAULTS: FallbackRules = { threshold: 90, suggestAt: 70, dwellMs: 300_000 };

export class FallbackOrchestrator {
  readonly #rules: FallbackRules;
  readonly #now: () => number;
  #state: FallbackState;

  constructor({ now, state = INITIAL_FALLBACK, ...rules }: OrchestratorOptions) {
    this.#rules = { ...DEFAULTS, ...rules };
    this.#now = now;
    this.#state = state;
  }

  /** Plain values: to be kept, and given back to the next one. */
  get state(): FallbackState {
    return this.#state;
  }

  /** Claude is out now. */
  get fallbackActive(): boolean {
    return isActive(this.#state);
  }

  /** `limits`: the contents of provider-limits.json. To be called for readings, and as time goes by. */
  check(limits: unknown): readonly FallbackEvent[] {
    const now = this.#now();
    const quota = parseProviderLimits(limits, now);
    return this.#take(advanceFallback(this.#state, { now, quota }, this.#rules));
  }

  /** By hand, until `auto`. */
  set(set: 'on' | 'off' | 'auto'): readonly FallbackEvent[] {
    return this.#take(setManual(this.#state, set, this.#now()));
  }

  #take({ state, events }: FallbackStep): readonly FallbackEvent[] {
    this.#state = state;
    return events;
  }
}
