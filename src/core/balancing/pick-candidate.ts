// Which of the candidates of a role takes the next task?

import type { Arm } from './arm.ts';
import { type Balancing, findGroup, type Group } from './balancing.ts';
import type { Choice, PickRequest, Why } from './choice.ts';
import { pickByLatency } from './pick-by-latency.ts';
import { pickLearned } from './pick-learned.ts';
import { pickLeastUsed } from './pick-least-used.ts';
import { pickRoundRobin } from './pick-round-robin.ts';
import { pickWeighted } from './pick-weighted.ts';
import type { Strategy } from './strategy.ts';

/** Decides only; `notePick` tells that it was followed. `null`: nobody is left. */
export function pickCandidate(
  balancing: Balancing,
  request: PickRequest & { readonly role: string },
): Choice | null {
  const group = findGroup(balancing, request.role);
  return group === null ? null : pickFrom(balancing.arms, group, request);
}

function pickFrom(arms: readonly Arm[], group: Group, request: PickRequest): Choice | null {
  const { strategy, without } = request;
  if (strategy === 'round-robin') {
    return choose(
      pickRoundRobin(arms, group, request),
      group.members.length === 1 ? 'only' : 'its-turn',
      strategy,
    );
  }
  const left = without === undefined || without.length === 0 ? group : leaveOut(arms, group, without);
  const first = arms[left.members[0] ?? -1];
  if (first === undefined) return null;
  if (left.members.length === 1) return choose(first, 'only', strategy);
  switch (strategy) {
    case 'first':
      return choose(first, 'configured-first', strategy);
    case 'weighted':
      return choose(pickWeighted(arms, left, request), 'drawn-by-weight', strategy);
    case 'latency':
      return chooseByLatency(pickByLatency(arms, left, request));
    case 'usage':
      return choose(pickLeastUsed(arms, left, request), 'least-used', strategy);
    case 'adaptive':
      return choose(pickLearned(arms, left, request), 'best-learned', strategy);
  }
}

function choose(arm: Arm | null, why: Why, strategy: Strategy): Choice | null {
  return arm && { candidate: arm.name, strategy, why };
}

function chooseByLatency(arm: Arm | null): Choice | null {
  return choose(arm, arm?.latencySamples === 0 ? 'not-tried-yet' : 'fastest', 'latency');
}

/** Above this many, a set is quicker than looking through the list for each candidate. */
const LONG = 8;

function leaveOut(arms: readonly Arm[], group: Group, without: readonly string[]): Group {
  const out = without.length > LONG ? new Set(without) : null;
  const isIn = (place: number) => {
    const name = arms[place]?.name ?? '';
    return !(out === null ? without.includes(name) : out.has(name));
  };
  const members = group.members.filter(isIn);
  const learned = group.learned.filter((_, at) => isIn(group.members[at] ?? -1));
  return { ...group, members, learned };
}
