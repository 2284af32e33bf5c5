import type { Tier } from '../agents/agent.ts';

/**
 * What rules can ask of a call. What is not known (no reading, a prompt that is not there yet) is left out, and
 * fulfils no condition.
 */
export type CallFacts = {
  readonly agent: { readonly name: string; readonly plugin: string | null };
  readonly tier: Tier;
  /** Its settings keep it on Claude. */
  readonly stays: boolean;
  readonly mode: string;
  readonly permissionMode?: string | undefined;
  readonly project?: string | undefined;
  readonly quota: QuotaFacts;
  /** Minutes since midnight where the user is. */
  readonly minuteOfDay?: number | undefined;
  readonly prompt?: PromptFacts | undefined;
};

/** Percent by a reading that counts now; `null` where there is none. */
export type QuotaFacts = { readonly fiveHour: number | null; readonly weekly: number | null };

export type PromptFacts = {
  readonly chars: number;
  /** Files that it names, each once. */
  readonly files: readonly string[];
};
