import type { TokenUsage } from '../delegation/engine.ts';

/** US dollars for a million tokens. */
export type Price = {
  readonly input: number;
  readonly output: number;
  readonly cache: { readonly read: number; readonly write: number };
};

/** US dollars, as OpenCode reckons them: what is thought costs what is said. */
export function priceTokens(tokens: TokenUsage, { input, output, cache }: Price): number {
  const { cacheRead, cacheWrite, reasoning } = tokens;
  const inMillionths =
    tokens.input * input +
    (tokens.output + reasoning) * output +
    cacheRead * cache.read +
    cacheWrite * cache.write;
  return inMillionths / 1_000_000;
}
