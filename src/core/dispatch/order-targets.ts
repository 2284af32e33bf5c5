// Which of a role's models takes the task, and who stands in line behind it?
//
//   the decision's targets ─▶ without those that rest ─▶ the balanced ones: one is picked ─▶ it goes first
//                                     │                            └─ Claude's turn ─▶ the call stays native
//                                     └─ nobody left ─▶ Claude, with the time at which somebody comes back

import { arrangeBalancing } from '../balancing/arrange-balancing.ts';
import { type Balancing, findGroup } from '../balancing/balancing.ts';
import type { Choice } from '../balancing/choice.ts';
import { notePick } from '../balancing/note-pick.ts';
import { pickCandidate } from '../balancing/pick-candidate.ts';
import type { Strategy } from '../balancing/strategy.ts';
import { weightOf } from '../balancing/weights.ts';
import type { Return } from '../circuit/may-try.ts';
import type { Target } from '../routing/decision.ts';
import { isClaude, modelRef } from '../routing/list-targets.ts';
import { firstTargetBack, mayTryTarget } from './circuit-keys.ts';
import type { Standing } from './standing.ts';

export type OrderQuestion = {
  readonly role: string;
  /** Those of the decision, best first. */
  readonly targets: readonly Target[];
  /** The role's models as configured; Claude among them means that a call may stay native. */
  readonly roleModels: readonly string[];
  /** Not in an emergency: what is left of its quota serves the lead session. */
  readonly claudeMayAnswer: boolean;
  readonly strategy: Strategy;
  readonly weights: Readonly<Record<string, number>>;
  readonly now: number;
  /** From 0 up to 1, without 1. */
  readonly random: () => number;
};

export type Order =
  | {
      readonly kind: 'targets';
      readonly targets: readonly [Target, ...Target[]];
      /** `null`: there was nothing to balance. */
      readonly choice: Choice | null;
    }
  | { readonly kind: 'claude' }
  | { readonly kind: 'none'; readonly back: Return };

export type Ordered = { readonly order: Order; readonly standing: Standing };

const CLAUDE = 'claude';

export function orderTargets(standing: Standing, question: OrderQuestion): Ordered {
  const { targets, now } = question;
  const able = targets.filter((target) => mayTryTarget(standing.circuits, target, now).may);
  const picked = pick(standing.balancing, question, able);
  const ordered = (order: Order): Ordered => ({
    order,
    standing: picked === null ? standing : { ...standing, balancing: picked.balancing },
  });
  if (picked?.choice.candidate === CLAUDE) return ordered({ kind: 'claude' });
  const chosen = able.find((target) => modelRef(target) === picked?.choice.candidate);
  const [first, ...rest] = chosen === undefined ? able : [chosen, ...able.filter((one) => one !== chosen)];
  if (first !== undefined)
    return ordered({ kind: 'targets', targets: [first, ...rest], choice: picked?.choice ?? null });
  const back = firstTargetBack(standing.circuits, targets, now);
  return ordered({ kind: 'none', back: back ?? { key: '', at: now, code: null } });
}

type Picked = { readonly balancing: Balancing; readonly choice: Choice };

/** `null` where the decision's own first target goes first: a model of the agent's own, or of the fallback. */
function pick(before: Balancing, question: OrderQuestion, able: readonly Target[]): Picked | null {
  const { strategy, now, random, targets, roleModels, claudeMayAnswer } = question;
  const refs = new Set(targets.map(modelRef));
  const candidates = roleModels.flatMap((model) => {
    if (isClaude(model)) return claudeMayAnswer ? [CLAUDE] : [];
    return refs.has(model) ? [model] : [];
  });
  const [decided] = targets;
  if (decided === undefined || !candidates.includes(modelRef(decided))) return null;
  const role = `${question.role}: ${candidates.join(' ')}`;
  const balancing = withGroup(before, { role, candidates, weights: question.weights });
  const left = new Set([CLAUDE, ...able.map(modelRef)]);
  const without = candidates.filter((candidate) => !left.has(candidate));
  const choice = pickCandidate(balancing, { role, strategy, without, now, random });
  return choice && { choice, balancing: notePick(balancing, { role, choice, now }) };
}

type Wanted = {
  readonly role: string;
  readonly candidates: readonly string[];
  readonly weights: OrderQuestion['weights'];
};

/** Projects may have models of their own; beyond this many lists the oldest is forgotten. */
const MAX_GROUPS = 24;

function withGroup(balancing: Balancing, { role, candidates, weights }: Wanted): Balancing {
  const isWeighed = balancing.arms.every((arm) => arm.weight === weightOf(arm.name, weights));
  if (isWeighed && findGroup(balancing, role) !== null) return balancing;
  const known = balancing.groups
    .filter((group) => group.role !== role)
    .slice(1 - MAX_GROUPS)
    .map((group) => [group.role, group.members.map((place) => balancing.arms[place]?.name ?? '')] as const);
  const groups = Object.fromEntries([...known, [role, candidates]]);
  return arrangeBalancing(balancing, { groups, weightOf: (candidate) => weightOf(candidate, weights) });
}
