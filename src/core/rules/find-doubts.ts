// What is allowed in a set of rules, and yet hardly what its author meant.
import { parseAgentName } from '../agents/agent-name.ts';
import { resolveAgent } from '../agents/resolve-agent.ts';
import { type CompiledRule, compiledRulesOf, type RuleSource } from './compile-rules.ts';

export type RuleDoubt =
  /** Reasons and logs name rules by their id. */
  | { readonly code: 'same-id'; readonly rule: string }
  /** `by` fits every call and is asked before it. */
  | { readonly code: 'never-asked'; readonly rule: string; readonly by: string }
  /** No agent of the catalogue has this name; one of the user's own may. */
  | { readonly code: 'unknown-agent'; readonly rule: string; readonly agent: string };

export function findDoubts(source: RuleSource): readonly RuleDoubt[] {
  const { ordered } = compiledRulesOf(source);
  return [...findSameIds(source), ...findNeverAsked(ordered), ...findUnknownAgents(source)];
}

function findSameIds({ rules }: RuleSource): readonly RuleDoubt[] {
  const ids = rules.map(({ id }) => id);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].map((rule) => ({ code: 'same-id', rule }));
}

function findNeverAsked(ordered: readonly CompiledRule[]): readonly RuleDoubt[] {
  const all = ordered.findIndex(({ checks }) => checks.length === 0);
  const by = ordered[all]?.rule.id;
  if (by === undefined) return [];
  return ordered.slice(all + 1).map(({ rule }) => ({ code: 'never-asked', rule: rule.id, by }));
}

function findUnknownAgents({ rules, agents }: RuleSource): readonly RuleDoubt[] {
  return rules.flatMap(({ id, when }) => {
    const named = when?.agent === undefined ? [] : [when.agent].flat();
    const names = named.map((name) => name.replace(/^!/, '')).filter((name) => !name.includes('*'));
    return names
      .filter((name) => parseAgentName(name).plugin === null && !resolveAgent(name, agents).known)
      .map((agent) => ({ code: 'unknown-agent' as const, rule: id, agent }));
  });
}
