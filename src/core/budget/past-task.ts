import type { Engine } from '../routing/decision.ts';

/** A delegated task that has ended, as far as a budget asks about it. */
export type PastTask = {
  /** Days since the epoch where the user is, see local-day.ts. */
  readonly day: number;
  readonly agent: string;
  /** `provider/model`. */
  readonly model: string;
  readonly engine: Engine;
  /** Of all kinds, as the provider reported them. */
  readonly tokens: number;
  /** 0: the model's price is not known. */
  readonly costUsd: number;
  /** One that failed used tokens as well, but says nothing about how many such a task takes. */
  readonly finished: boolean;
  readonly sessionId: string | null;
  readonly runId: string | null;
};
