// How much of the work should a provider get, where nothing else is said?

import { toCanonicalProvider } from '../routing/provider-name.ts';

export const DEFAULT_WEIGHTS: Readonly<Record<string, number>> = { claude: 3, openai: 2, gemini: 2 };

/** Of a provider, or of one of its models as `provider/model`. `weights`: by provider, under any of its names. */
export function weightOf(candidate: string, weights: Readonly<Record<string, number>>): number {
  const [given = ''] = candidate.split('/', 1);
  const provider = toCanonicalProvider(given);
  const named = Object.entries(weights).find(([name]) => toCanonicalProvider(name) === provider);
  if (named !== undefined) return named[1];
  return Object.hasOwn(DEFAULT_WEIGHTS, provider) ? (DEFAULT_WEIGHTS[provider] ?? 1) : 1;
}
