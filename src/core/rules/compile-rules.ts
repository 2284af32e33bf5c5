// The rules of a configuration, read once and put in order, so that asking them for a call takes no parsing.
//
//   the user's rules by priority ─ the agents' settings, preferClaude, preferOpencode as rules of priority 0
//     └─ then a project's rules by priority: a repository speaks only where its user has said nothing
import type { AgentSettings } from '../agents/resolve-agent.ts';
import type { CallFacts } from './call-facts.ts';
import { type ConditionCheck, compileConditions, type RuleReads, readsOf } from './compile-conditions.ts';
import { compileAgents } from './compile-words.ts';
import { parseCondition } from './parse-condition.ts';
import type { Conditions, UserRule } from './user-rule.ts';

export type { RuleReads };

export type RuleSource = {
  readonly rules: readonly UserRule[];
  readonly routing: { readonly preferOpencode: readonly string[]; readonly preferClaude: readonly string[] };
  readonly agents: Readonly<Record<string, AgentSettings>>;
};

export type CompiledRule = {
  readonly rule: UserRule;
  /** `rules`, or the setting that says the same in other words. */
  readonly from: 'rules' | 'agents' | 'preferClaude' | 'preferOpencode';
  readonly fits: (facts: CallFacts) => boolean;
  /** The conditions of which one does not hold where it does not fit. */
  readonly checks: readonly ConditionCheck[];
  readonly readsPrompt: boolean;
};

export type CompiledRules = { readonly ordered: readonly CompiledRule[]; readonly reads: RuleReads };

const compiled = new WeakMap<RuleSource, CompiledRules>();

/** A configuration is read-only, so its rules are compiled once and kept as long as it is. */
export function compiledRulesOf(source: RuleSource): CompiledRules {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const rules = compileRules(source);
  compiled.set(source, rules);
  return rules;
}

export function compileRules({ rules, routing, agents }: RuleSource): CompiledRules {
  const enabled = rules.filter((rule) => rule.enabled !== false).map(compileRule);
  const own = enabled.filter(({ rule }) => rule.origin !== 'project');
  const projects = enabled.filter(({ rule }) => rule.origin === 'project');
  const lists = [
    // An agent in both lists stays: a contradiction must not spend money elsewhere.
    compileSettings(agents),
    compileList('prefer_claude', routing.preferClaude, 'preferClaude'),
    compileList('prefer_opencode', routing.preferOpencode, 'preferOpencode'),
  ].flat();
  const ordered = [...byPriority([...own, ...lists]), ...byPriority(projects)];
  return { ordered, reads: readsOf(enabled.flatMap(({ rule }) => conditionsOf(rule))) };
}

function byPriority(rules: readonly CompiledRule[]): readonly CompiledRule[] {
  // The sort is stable: among equals the order of the file holds.
  return [...rules].sort((a, b) => (b.rule.priority ?? 0) - (a.rule.priority ?? 0));
}

function compileRule(rule: UserRule): CompiledRule {
  const conditions = conditionsOf(rule);
  const checks = conditions.flatMap(compileConditions);
  const { promptChars, files } = readsOf(conditions);
  return {
    rule,
    from: 'rules',
    fits: allOf(checks),
    checks,
    readsPrompt: promptChars || files,
  };
}

/** A loop, and no `every`: this is asked for each rule at each decision. */
function allOf(checks: readonly ConditionCheck[]): CompiledRule['fits'] {
  return (facts) => {
    for (const check of checks) if (!check.holds(facts)) return false;
    return true;
  };
}

function compileList(
  action: 'prefer_claude' | 'prefer_opencode',
  names: readonly string[],
  from: 'preferClaude' | 'preferOpencode',
): readonly CompiledRule[] {
  if (names.length === 0) return [];
  const fits = compileAgents(names);
  const rule: UserRule = { id: from, action, when: { agent: names } };
  return [ofAgents(rule, from, ({ agent }) => fits(agent))];
}

/** Which entry is an agent's own has been found already, when its name was resolved. */
function compileSettings(agents: RuleSource['agents']): readonly CompiledRule[] {
  const names = Object.keys(agents).filter((name) => agents[name]?.stays === true);
  if (names.length === 0) return [];
  const rule: UserRule = { id: 'agents', action: 'prefer_claude', when: { agent: names } };
  return [ofAgents(rule, 'agents', ({ stays }) => stays)];
}

function ofAgents(rule: UserRule, from: CompiledRule['from'], fits: CompiledRule['fits']): CompiledRule {
  return { rule, from, fits, checks: [{ on: 'agent', holds: fits }], readsPrompt: false };
}

/** Throws for a condition that cannot be read, which a configuration never holds. */
function conditionsOf({ when, condition }: UserRule): readonly Conditions[] {
  const given = when === undefined ? [] : [when];
  if (condition === undefined) return given;
  const parsed = parseCondition(condition);
  if (!parsed.ok) throw new Error(`not a condition: ${parsed.part}`);
  return [...given, ...parsed.when];
}
