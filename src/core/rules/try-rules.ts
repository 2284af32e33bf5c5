import type { CallFacts } from './call-facts.ts';
import type { CompiledRules } from './compile-rules.ts';
import { findRule } from './find-rule.ts';
import type { Conditions, UserRule } from './user-rule.ts';

export type TriedRule = {
  readonly rule: UserRule;
  readonly from: string;
  readonly speaks: boolean;
  /** Conditions that do not hold; none of them: it fits. */
  readonly failing: readonly (keyof Conditions)[];
};

/** Each rule in the order in which they are asked, and what a call is to it. */
export function tryRules(compiled: CompiledRules, facts: CallFacts): readonly TriedRule[] {
  const speaker = findRule(compiled, facts);
  return compiled.ordered.map((one) => ({
    rule: one.rule,
    from: one.from,
    speaks: one === speaker,
    failing: one.checks.filter(({ holds }) => !holds(facts)).map(({ on }) => on),
  }));
}
