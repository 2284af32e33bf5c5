// How many tokens will a task take? What whoever planned it says, else what such tasks took before, else nobody knows.

import type { Ledger } from './ledger.ts';

/** `samples`: how many earlier tasks it is the median of; 0: somebody has said so. */
export type Expectation = { readonly tokens: number; readonly samples: number };

/**
 * OpenCode's own prompt alone is longer (9,179 tokens for one sentence: test/fixtures/opencode-events/plain.jsonl). A smaller estimate only says how long a task takes beside the
 * others of its run, in whichever unit.
 */
const FEWEST_TOKENS = 1_000;

export function expectTokens(ledger: Ledger, agent: string, estimate: number | null): Expectation | null {
  if (estimate !== null && estimate >= FEWEST_TOKENS) return { tokens: Math.round(estimate), samples: 0 };
  return typicalTokens(ledger, agent);
}

/** The middle one, which a single endless task does not move. */
export function typicalTokens({ samples }: Ledger, agent: string): Expectation | null {
  const sorted = [...(samples.get(agent) ?? [])].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) return null;
  return { tokens: Math.round((low + high) / 2), samples: sorted.length };
}
