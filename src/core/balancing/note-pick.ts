// What changes once a pick was followed?

import { type Arm, withFigures } from './arm.ts';
import { type Balancing, findGroup, type Group, placeIn, setGroup } from './balancing.ts';
import type { Choice } from './choice.ts';

export type PickNote = { readonly role: string; readonly choice: Choice; readonly now: number };

export function notePick(balancing: Balancing, { role, choice, now }: PickNote): Balancing {
  if (choice.strategy === 'round-robin') {
    const group = findGroup(balancing, role);
    return group === null ? balancing : setGroup(balancing, turnTo(balancing.arms, group, choice));
  }
  const arms = expectAnswer(balancing.arms, choice, now);
  return arms === balancing.arms ? balancing : { arms, groups: balancing.groups };
}

/** Constant time in the ordinary case, where the turn goes to the next one. */
function turnTo(arms: readonly Arm[], group: Group, { candidate }: Choice): Group {
  const { role, members, cursor, learned } = group;
  const next = cursor + 1 < members.length ? cursor + 1 : 0;
  const isNext = arms[members[next] ?? -1]?.name === candidate;
  const at = isNext ? next : placeIn({ arms, groups: [] }, group, candidate);
  return at === -1 ? group : { role, members, cursor: at, learned };
}

/** Only what the strategy will look at the next time is written down. */
function expectAnswer(arms: readonly Arm[], { candidate, strategy }: Choice, now: number): readonly Arm[] {
  if (strategy !== 'latency' && strategy !== 'usage') return arms;
  const place = arms.findIndex(({ name }) => name === candidate);
  const arm = arms[place];
  if (arm === undefined) return arms;
  if (strategy === 'usage')
    return arms.with(place, withFigures(arm, { expected: arm.expected + tokensOfOne(arms, arm) }));
  if (arm.latencySamples > 0) return arms;
  return arms.with(place, withFigures(arm, { unanswered: arm.unanswered + 1, pickedAt: now }));
}

/** What one task usually spends: there, else anywhere; before anything is known, each task counts the same. */
export function tokensOfOne(arms: readonly Arm[], { tokens, tokenReports }: Arm): number {
  if (tokenReports > 0) return tokens / tokenReports;
  const sum = (figure: (arm: Arm) => number) => arms.reduce((total, arm) => total + figure(arm), 0);
  const reports = sum((arm) => arm.tokenReports);
  return reports > 0 ? sum((arm) => arm.tokens) / reports : 1;
}
