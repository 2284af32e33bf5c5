// What Claude's models cost by their public list, in US dollars per million tokens.

export type ModelPrice = {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** For five minutes. */
  readonly cacheWrite: number;
};

export type Prices = Readonly<Record<string, ModelPrice>>;

/**
 * Haiku 5.5 is dearer for prompts above 100,000 tokens; of a task only the sum is known, so the lower price counts.
 * A model that is not here has no known price, and is never given one by likeness to another.
 */
export const PRICE_TABLE = {
  asOf: '2026-10-24',
  source: 'https://platform.claude.com/docs/en/about-claude/pricing',
  models: {
    'claude-fable-5-1': { input: 10, output: 50, cacheRead: 0.25, cacheWrite: 12.5 },
    'claude-fable-5': { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 },
    'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
    'claude-opus-5': { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    'claude-opus-4-8': { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    'claude-opus-4-7': { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    'claude-opus-4-6': { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    'claude-opus-4-5': { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
    'claude-sonnet-5': { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
    'claude-sonnet-4-6': { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    'claude-sonnet-4-5': { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    'claude-haiku-5-5': { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
    'claude-haiku-4-5': { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
  },
} as const satisfies { readonly asOf: string; readonly source: string; readonly models: Prices };

/** Claude Code writes a model with its date, or with the size of its window: `claude-haiku-4-5-20251001`, `…[1m]`. */
const SUFFIX = /(-\d{8})?(\[\w+\])?$/;

/** The user's own prices come first, by the full name or by that without date. */
export function findPrice(model: string, own: Prices): ModelPrice | null {
  const plain = model.replace(SUFFIX, '');
  const known: Prices = PRICE_TABLE.models;
  for (const [prices, name] of [
    [own, model],
    [own, plain],
    [known, plain],
  ] as const)
    if (Object.hasOwn(prices, name)) return prices[name] ?? null;
  return null;
}
