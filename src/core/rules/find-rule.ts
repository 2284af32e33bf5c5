import type { CallFacts } from './call-facts.ts';
import type { CompiledRule, CompiledRules } from './compile-rules.ts';

/** The rule that speaks for a call: the first that fits it. */
export function findRule({ ordered }: CompiledRules, facts: CallFacts): CompiledRule | null {
  for (const rule of ordered) if (rule.fits(facts)) return rule;
  return null;
}
