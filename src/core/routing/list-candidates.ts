// Which models may answer, first choice first: one that fallback forces, the rule's, the agent's own, the role's.

import type { TargetRole } from '../agents/agent.ts';
import { DEFAULT_TARGETS } from '../agents/target-role.ts';
import type { Question } from './steps.ts';

export type Candidates = { readonly role: TargetRole; readonly models: readonly string[] };

type CandidateQuestion = Pick<Question, 'resolved' | 'rule' | 'rules' | 'fallback'>;

export function listCandidates({ resolved, rule, rules, fallback }: CandidateQuestion): Candidates {
  const { agent, settings } = resolved;
  const wanted = rule?.rule.target ?? null;
  const role = toRole(wanted) ?? agent.target;
  const forced = fallback.active ? rules.fallback.forceModel : null;
  const chosen = role === wanted?.toLowerCase() ? [] : [wanted, settings.model];
  const models = [forced, ...chosen, ...rules.targets[role]];
  return { role, models: models.filter((model) => typeof model === 'string') };
}

function toRole(target: string | null): TargetRole | null {
  const name = target?.toLowerCase() ?? '';
  return Object.hasOwn(DEFAULT_TARGETS, name) ? (name as TargetRole) : null;
}
