// Which models may answer, first choice first: one that fallback forces, the rule's, the agent's own, the role's, and
// in an emergency the fallback's chain.

import type { TargetRole } from '../agents/agent.ts';
import { DEFAULT_TARGETS } from '../agents/target-role.ts';
import type { DecisionStep } from './decision.ts';
import type { Question } from './steps.ts';

export type Candidates = { readonly role: TargetRole; readonly models: readonly string[] };

type CandidateQuestion = Pick<Question, 'resolved' | 'rule' | 'rules' | 'fallback'>;

export function listCandidates(
  { resolved, rule, rules, fallback }: CandidateQuestion,
  step: DecisionStep,
): Candidates {
  const { agent, settings } = resolved;
  const wanted = rule?.rule.target ?? null;
  const role = toRole(wanted) ?? agent.target;
  const forced = fallback.active ? rules.fallback.forceModel : null;
  const chosen = role === wanted?.toLowerCase() ? [] : [wanted, settings.model];
  // Claude is out in an emergency, so there any model is better than none of the agent's own.
  const chain = step === 'fallback' || step === 'limit' ? rules.fallback.chain : [];
  const models = [forced, ...chosen, ...rules.targets[role], ...chain];
  return { role, models: [...new Set(models.filter((model) => typeof model === 'string'))] };
}

function toRole(target: string | null): TargetRole | null {
  const name = target?.toLowerCase() ?? '';
  return Object.hasOwn(DEFAULT_TARGETS, name) ? (name as TargetRole) : null;
}
