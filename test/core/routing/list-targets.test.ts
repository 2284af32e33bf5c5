import { describe, expect, it } from 'vitest';
import { listTargets, parseTarget } from '../../../src/core/routing/list-targets.ts';

describe('parseTarget', () => {
  it.each([
    ['openai/gpt-5.2-codex', 'openai', 'openai', 'gpt-5.2-codex', 'GPT-5.2 Codex'],
    ['google/gemini-3-flash', 'gemini', 'google', 'gemini-3-flash', 'Gemini 3 Flash'],
    ['gemini/gemini-3-flash', 'gemini', 'google', 'gemini-3-flash', 'Gemini 3 Flash'],
    ['OpenAI/gpt-5.2', 'openai', 'openai', 'gpt-5.2', 'GPT-5.2'],
    ['openrouter/meta/llama-4', 'openrouter', 'openrouter', 'meta/llama-4', 'meta/llama-4'],
    ['My-Lab/model', 'My-Lab', 'My-Lab', 'model', 'model'],
  ])('reads %s', (candidate, provider, opencodeProvider, model, name) => {
    expect(parseTarget(candidate)).toEqual({ provider, opencodeProvider, model, name });
  });

  it.each([
    '',
    '/',
    'gpt-5.2',
    'openai/',
    '/gpt-5.2',
    'open ai/gpt',
    'openai/gpt 5',
    'openai/gpt\n',
    'a\u0000/b',
  ])('refuses %j', (candidate) => {
    expect(parseTarget(candidate)).toBeNull();
  });

  it.each(['anthropic/claude-opus', 'claude/opus', 'Anthropic/claude-opus'])(
    'refuses %s, which is Claude',
    (candidate) => {
      expect(parseTarget(candidate)).toBeNull();
    },
  );
});

describe('listTargets', () => {
  const names = (candidates: readonly string[], connected: ReadonlySet<string> | null) =>
    listTargets(candidates, connected).map(({ model }) => model);

  it('keeps the order, skips what is malformed, and names a model once', () => {
    expect(
      names(['nonsense', 'openai/', 'xai/grok', 'gemini/flash', 'google/flash', 'xai/grok'], null),
    ).toEqual(['grok', 'flash']);
  });

  it("asks for the model in OpenCode's spelling", () => {
    expect(listTargets(['gemini/gemini-3-flash'], new Set(['google/gemini-3-flash']))[0]?.provider).toBe(
      'gemini',
    );
    expect(names(['gemini/gemini-3-flash'], new Set(['gemini/gemini-3-flash']))).toEqual([]);
  });

  it('lists nothing from nothing', () => {
    expect(names([], null)).toEqual([]);
  });
});
