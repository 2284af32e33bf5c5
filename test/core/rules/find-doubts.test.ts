import { describe, expect, it } from 'vitest';
import { findDoubts } from '../../../src/core/rules/find-doubts.ts';
import type { UserRule } from '../../../src/core/rules/user-rule.ts';
import { rule } from './rule-fixtures.ts';

const doubtsOf = (rules: readonly UserRule[]) =>
  findDoubts({
    rules,
    routing: { preferOpencode: [], preferClaude: [] },
    agents: { mine: { stays: false } },
  });

describe('a set of rules', () => {
  it.each<[string, readonly UserRule[], readonly object[]]>([
    [
      'of which all is clear',
      [rule({ when: { agent: ['architect', '!omc:explore', 'acme:x', 'mine'] } })],
      [],
    ],
    ['with two of one id', [rule({ when: { tier: 'low' } }), rule()], [{ code: 'same-id', rule: 'mine' }]],
    [
      'of which one hides another',
      [
        rule({ id: 'all' }),
        rule({ id: 'never', when: { tier: 'low' } }),
        rule({ id: 'top', priority: 1, when: {} }),
      ],
      [
        { code: 'never-asked', rule: 'all', by: 'top' },
        { code: 'never-asked', rule: 'never', by: 'top' },
      ],
    ],
    [
      'that names an agent which nobody knows',
      [rule({ when: { agent: ['explroe', '*x'] } })],
      [{ code: 'unknown-agent', rule: 'mine', agent: 'explroe' }],
    ],
  ])('%s', (_, rules, doubts) => {
    expect(doubtsOf(rules)).toEqual(doubts);
  });
});
