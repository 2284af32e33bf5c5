// What does each candidate of a role look like to every strategy, in figures that a person can read?

import { agedErrorShare, agedLatency, agedWeight } from './arm.ts';
import { type Balancing, findGroup } from './balancing.ts';
import type { Learned } from './learned.ts';

export type CandidateFigures = {
  readonly candidate: string;
  readonly weight: number;
  /** What is left of the weight after errors. */
  readonly weightNow: number;
  /** 0 to 1, of the latest answers. */
  readonly errorShare: number;
  /** Moving average, and as it counts now, with its age and the errors; `null`: no sample yet. */
  readonly latency: { readonly ms: number; readonly nowMs: number } | null;
  /** Tokens of the last hours, and what tasks under way will probably add. */
  readonly load: number;
  readonly learned: LearnedFigures;
};

export type LearnedFigures = {
  /** How many outcomes this rests on; old ones count less. */
  readonly outcomes: number;
  /** `null` where nothing was seen. */
  readonly successShare: number | null;
  readonly latencyMs: number | null;
  readonly costUsd: number | null;
  /** What a task takes there, all in all, in milliseconds: between `fromMs` and `toMs`. */
  readonly priceMs: number;
  readonly fromMs: number;
  readonly toMs: number;
};

export function explainGroup(
  balancing: Balancing,
  { role, now }: { readonly role: string; readonly now: number },
): readonly CandidateFigures[] {
  const group = findGroup(balancing, role);
  if (group === null) return [];
  return group.members.flatMap((place, at) => {
    const [arm, learned] = [balancing.arms[place], group.learned[at]];
    if (arm === undefined || learned === undefined) return [];
    const measured = arm.latencySamples > 0;
    return {
      candidate: arm.name,
      weight: arm.weight,
      weightNow: agedWeight(arm, now),
      errorShare: agedErrorShare(arm, now),
      latency: measured ? { ms: arm.latencyMs, nowMs: agedLatency(arm, now) } : null,
      load: arm.load + arm.expected,
      learned: explainLearned(learned),
    };
  });
}

function explainLearned(learned: Learned): LearnedFigures {
  const { tries, successes, logMs, costUsd, score, spread } = learned;
  const seen = successes > 0;
  return {
    outcomes: tries,
    successShare: tries > 0 ? successes / tries : null,
    latencyMs: seen ? Math.exp(logMs / successes) : null,
    costUsd: seen ? costUsd / successes : null,
    priceMs: Math.exp(score),
    fromMs: Math.exp(score - spread),
    toMs: Math.exp(score + spread),
  };
}
