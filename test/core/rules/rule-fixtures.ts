import type { CallFacts } from '../../../src/core/rules/call-facts.ts';
import { compileRules } from '../../../src/core/rules/compile-rules.ts';
import { findRule } from '../../../src/core/rules/find-rule.ts';
import type { Conditions, UserRule } from '../../../src/core/rules/user-rule.ts';

/** A quiet call of an architect, of which nothing more is known. */
function facts(given: Partial<CallFacts> = {}): CallFacts {
  return {
    agent: { name: 'architect', plugin: null },
    tier: 'high',
    stays: false,
    mode: 'default',
    quota: { fiveHour: null, weekly: null },
    ...given,
  };
}

export function rule(given: Partial<UserRule> = {}): UserRule {
  return { id: 'mine', action: 'force_claude', ...given };
}

export function fits(when: Conditions, given: Partial<CallFacts> = {}): boolean {
  return spokesman([rule({ when })], given) === 'mine';
}

/** The id of the rule that speaks. */
export function spokesman(
  rules: readonly UserRule[],
  given: Partial<CallFacts> = {},
  lists: { preferOpencode?: readonly string[]; preferClaude?: readonly string[] } = {},
): string | null {
  const routing = { preferOpencode: [], preferClaude: [], ...lists };
  return findRule(compileRules({ rules, routing, agents: {} }), facts(given))?.rule.id ?? null;
}
