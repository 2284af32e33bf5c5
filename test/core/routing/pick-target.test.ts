import { describe, expect, it } from 'vitest';
import { parseTarget, pickTarget } from '../../../src/core/routing/pick-target.ts';

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

describe('pickTarget', () => {
  it('skips what is malformed', () => {
    expect(pickTarget(['nonsense', 'openai/', 'xai/grok'], null)?.model).toBe('grok');
  });

  it("asks for the model in OpenCode's spelling", () => {
    expect(pickTarget(['gemini/gemini-3-flash'], new Set(['google/gemini-3-flash']))?.provider).toBe(
      'gemini',
    );
    expect(pickTarget(['gemini/gemini-3-flash'], new Set(['gemini/gemini-3-flash']))).toBeNull();
  });

  it('picks nothing from nothing', () => {
    expect(pickTarget([], null)).toBeNull();
  });
});
