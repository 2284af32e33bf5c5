// Why was this provider chosen, in the words of the seed: `Latency-based: …`

import type { Choice, Why } from './choice.ts';
import type { Strategy } from './strategy.ts';

const STRATEGY: { readonly [S in Strategy]: string } = {
  first: 'In order',
  'round-robin': 'Round-robin',
  weighted: 'Weighted',
  latency: 'Latency-based',
  usage: 'Usage-based',
  adaptive: 'Adaptive',
};

const WHY: { readonly [W in Why]: string } = {
  only: 'no other provider is left',
  'configured-first': 'the first of those that are left',
  'its-turn': 'its turn',
  'drawn-by-weight': 'drawn by weight',
  'not-tried-yet': 'not measured yet',
  fastest: 'the shortest response time on average',
  'least-used': 'the fewest tokens lately',
  'best-learned': 'the best of what was learned so far, give or take its uncertainty',
};

export const NONE_LEFT = 'No provider is left: each one is excluded, disabled or resting after errors';

export function describeChoice({ strategy, why }: Choice): string {
  return `${STRATEGY[strategy]}: ${WHY[why]}`;
}
