// Did this agent cost less where other models answered its single requests than where OpenCode did its work?

import type { Cost, Ledger } from './ledger.ts';

/** Fewer say more of the tasks than of the engine. */
const FEWEST_TASKS = 5;

/** `false` also where too little is known. In money where all of it is priced, else in tokens. */
export function isCheaperDirectly({ costs }: Ledger, agent: string): boolean {
  const opencode = costs.opencode.get(agent) ?? [];
  const direct = costs['native-tools'].get(agent) ?? [];
  if (Math.min(opencode.length, direct.length) < FEWEST_TASKS) return false;
  const isPriced = [...opencode, ...direct].every(({ costUsd }) => costUsd > 0);
  const measure = ({ costUsd, tokens }: Cost) => (isPriced ? costUsd : tokens);
  return median(direct.map(measure)) < median(opencode.map(measure));
}

/** Of a list that is not empty. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
