import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { resolveConfig } from '../../src/core/config/resolve-config.ts';
import { compileRules } from '../../src/core/rules/compile-rules.ts';
import { findDoubts } from '../../src/core/rules/find-doubts.ts';

it('the example in docs/rules.md is right', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/rules.md', 'utf8')) ?? [];
  const { config, problems } = resolveConfig([{ source: 'docs/rules.md', value: parse(example) }]);
  expect(problems).toEqual([]);
  expect(config.rules).toHaveLength(4);
  expect(findDoubts(config)).toEqual([]);
  expect(compileRules(config).ordered.map(({ rule }) => rule.id)[0]).toBe('no-writing-at-night');
});
