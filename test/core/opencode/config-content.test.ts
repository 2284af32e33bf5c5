import { describe, expect, it } from 'vitest';
import { mergeConfigContent } from '../../../src/core/opencode/config-content.ts';

const merge = (existing: string | undefined, ...ours: readonly Record<string, unknown>[]) =>
  JSON.parse(mergeConfigContent(existing, ...ours)) as unknown;

describe('several layers of configuration', () => {
  it('are laid over each other, the last on top', () => {
    const theirs = JSON.stringify({ theme: 'dark', agent: { mine: { mode: 'all' } } });
    expect(merge(theirs, { agent: { a: {} }, snapshot: true }, { snapshot: false })).toEqual({
      theme: 'dark',
      agent: { mine: { mode: 'all' }, a: {} },
      snapshot: false,
    });
  });

  it('add up their plugins, as OpenCode does', () => {
    expect(merge('{"plugin": ["theirs"]}', { plugin: ['ours'] })).toEqual({ plugin: ['theirs', 'ours'] });
    expect(merge('{"plugin": "broken"}', { plugin: ['ours'] })).toEqual({ plugin: ['ours'] });
  });

  it('replace every other list', () => {
    expect(merge('{"instructions": ["a.md"]}', { instructions: ['b.md'] })).toEqual({
      instructions: ['b.md'],
    });
  });
});
