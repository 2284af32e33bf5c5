import type { TokenUsage } from './engine.ts';

/** Of all kinds together. */
export function countTokens({ input, output, reasoning, cacheRead, cacheWrite }: TokenUsage): number {
  return input + output + reasoning + cacheRead + cacheWrite;
}
