import { addSpent, type Spent } from '../opencode/spent.ts';
import type { ModelSpent } from './task-savings.ts';

/** A model that is asked again at once keeps its place. */
export function addModelSpent(
  all: readonly ModelSpent[],
  { provider, model }: Pick<ModelSpent, 'provider' | 'model'>,
  { tokens, costUsd }: Spent,
): readonly ModelSpent[] {
  const last = all.at(-1);
  if (last === undefined || last.provider !== provider || last.model !== model)
    return [...all, { provider, model, tokens, costUsd }];
  return [...all.slice(0, -1), { provider, model, ...addSpent(last, { tokens, costUsd }) }];
}
