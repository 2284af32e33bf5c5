// By what was measured: which engine costs this agent less? And is it time to measure the one of which too little is known?

import type { Cost, Ledger } from './ledger.ts';

/** `trial`: OpenCode, but for this call, which tells what the other one takes. */
export type Favour = 'opencode' | 'native-tools' | 'trial';

/** Fewer say more of the tasks than of the engine. */
const FEWEST_TASKS = 5;
/**
 * So many by OpenCode for each trial: what may cost more is tried seldom. Since no more than fifty are remembered, what
 * never comes to an end is not tried for ever.
 */
const TASKS_FOR_A_TRIAL = 5;

export function favourEngine({ costs, tried }: Ledger, agent: string): Favour {
  const byOpencode = costs.opencode.get(agent) ?? [];
  // Of the model that answers it now alone: another price would say nothing of the engine.
  const ofModel = ({ model }: Cost) => model === byOpencode.at(-1)?.model;
  const opencode = byOpencode.filter(ofModel);
  const direct = (costs['native-tools'].get(agent) ?? []).filter(ofModel);
  const trials = tried.get(agent) ?? 0;
  if (direct.length < FEWEST_TASKS)
    return opencode.length >= (trials + 1) * TASKS_FOR_A_TRIAL ? 'trial' : 'opencode';
  if (opencode.length < FEWEST_TASKS) return 'opencode';
  // In money where all of it is priced, else in tokens.
  const isPriced = [...opencode, ...direct].every(({ costUsd }) => costUsd > 0);
  const measure = ({ costUsd, tokens }: Cost) => (isPriced ? costUsd : tokens);
  return median(direct.map(measure)) < median(opencode.map(measure)) ? 'native-tools' : 'opencode';
}

/** Of a list that is not empty. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
