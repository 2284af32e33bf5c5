// What the steps of a task have used, as the provider reported it for each.

import { NO_TOKENS, type TokenUsage } from '../delegation/engine.ts';

export type Spent = { readonly tokens: TokenUsage; readonly costUsd: number };

export const NOTHING_SPENT: Spent = { tokens: NO_TOKENS, costUsd: 0 };

/** The part with which OpenCode ends a step. */
export type StepFinish = {
  readonly cost: number;
  readonly tokens: {
    readonly input: number;
    readonly output: number;
    readonly reasoning: number;
    readonly cache: { readonly read: number; readonly write: number };
  };
};

export function spentOf({ cost, tokens }: StepFinish): Spent {
  const { input, output, reasoning, cache } = tokens;
  return {
    costUsd: cost,
    tokens: { input, output, reasoning, cacheRead: cache.read, cacheWrite: cache.write },
  };
}

export function addSpent(a: Spent, b: Spent): Spent {
  return {
    costUsd: a.costUsd + b.costUsd,
    tokens: {
      input: a.tokens.input + b.tokens.input,
      output: a.tokens.output + b.tokens.output,
      reasoning: a.tokens.reasoning + b.tokens.reasoning,
      cacheRead: a.tokens.cacheRead + b.tokens.cacheRead,
      cacheWrite: a.tokens.cacheWrite + b.tokens.cacheWrite,
    },
  };
}

export function sumSpent(steps: Iterable<Spent>): Spent {
  return [...steps].reduce(addSpent, NOTHING_SPENT);
}
