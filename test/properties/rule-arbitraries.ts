// Rules as a configuration may hold them, and what they ask of a call.
import fc from 'fast-check';
import type { PromptFacts } from '../../src/core/rules/call-facts.ts';
import { RULE_ACTIONS, type UserRule } from '../../src/core/rules/user-rule.ts';

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
/** A rule of many conditions hardly ever fits. */
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const oneOrMore = (item: fc.Arbitrary<string>) =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));

const comparison = fc
  .tuple(fc.constantFrom('>', '>=', '<', '<=', '==', '!='), fc.integer({ min: 0, max: 110 }))
  .map(([sign, value]) => `${sign} ${value}`);
const FILES = ['src/a.ts', 'db/schema.sql', 'README.md'];

export const promptFacts: fc.Arbitrary<PromptFacts> = fc.record({
  chars: fc.integer({ min: 0, max: 120 }),
  files: fc.subarray(FILES),
});

export const userRule: fc.Arbitrary<UserRule> = fc.record({
  id: fc.constantFrom('one', 'two', 'three'),
  enabled: optional(fc.boolean()),
  priority: optional(fc.integer({ min: -2, max: 2 })),
  action: fc.constantFrom(...RULE_ACTIONS),
  target: optional(fc.constantFrom('flash', 'Codex', 'openai/gpt-5.2', 'xai/grok')),
  message: optional(fc.constant('not now')),
  origin: optional(fc.constant('project' as const)),
  condition: seldom(
    fc.constantFrom('usage.fiveHour > 50', 'agent.type == "architect"', 'tier != low && usage >= 90'),
  ),
  when: optional(
    fc.record({
      agent: seldom(oneOrMore(fc.constantFrom('architect', 'explore*', '!planner', 'omc:Explore', 'x:*'))),
      tier: seldom(oneOrMore(fc.constantFrom('low', 'high', '!medium'))),
      mode: seldom(oneOrMore(fc.constantFrom('default', 'fusion', '!saveTokens'))),
      permissionMode: seldom(oneOrMore(fc.constantFrom('plan', '!default', 'accept*'))),
      project: seldom(oneOrMore(fc.constantFrom('/work/*', '/work/a', '!/work/b'))),
      quota: seldom(
        fc.oneof(
          oneOrMore(comparison),
          fc.record({ fiveHour: seldom(comparison), weekly: seldom(comparison) }),
        ),
      ),
      time: seldom(oneOrMore(fc.constantFrom('09:00-18:00', '22:00-6:00', '0:00-24:00'))),
      promptChars: seldom(oneOrMore(comparison)),
      files: seldom(oneOrMore(fc.constantFrom('*.sql', 'src/*', '!README.md'))),
      fileCount: seldom(oneOrMore(comparison)),
    }),
  ),
});
