import { describe, expect, it } from 'vitest';
import { pickModels } from '../../../src/core/asking/pick-models.ts';
import { modelRef } from '../../../src/core/routing/list-targets.ts';

const known = {
  connected: [
    'google/gemini-3-flash',
    'openai/gpt-5.2',
    'openai/gpt-5.2-codex',
    'xai/grok',
    'anthropic/opus',
  ],
  usual: [
    'openai/gpt-6',
    'openai/gpt-5.2',
    'openai/gpt-5.2-codex',
    'google/gemini-3-flash',
    'anthropic/opus',
  ],
};

const pick = (names: readonly string[] | null, models = known) => {
  const { targets, unknown } = pickModels(names, models);
  return { models: targets.map(modelRef), unknown };
};

describe('the models that are asked', () => {
  it.each([
    ['by provider and model', ['openai/gpt-5.2-codex'], ['openai/gpt-5.2-codex']],
    ['by our name of the provider', ['gemini/gemini-3-flash'], ['google/gemini-3-flash']],
    ['by the model alone', ['grok'], ['xai/grok']],
    ['by the provider, for its usual one', ['openai', 'gemini'], ['openai/gpt-5.2', 'google/gemini-3-flash']],
    ['once, however often they are named', ['gpt-5.2', 'openai', 'openai/gpt-5.2'], ['openai/gpt-5.2']],
  ])('are found %s', (_, names, models) => {
    expect(pick(names)).toEqual({ models, unknown: [] });
  });

  it.each([['openai/gpt-6'], ['nobody'], ['xai'], ['anthropic/opus'], ['claude'], ['']])(
    'are not found as "%s"',
    (name) => {
      expect(pick([name, 'grok'])).toEqual({ models: ['xai/grok'], unknown: [name] });
    },
  );

  it('are the first usual one of each connected provider where none is named, and never Claude', () => {
    expect(pick(null).models).toEqual(['openai/gpt-5.2', 'google/gemini-3-flash']);
    expect(pick(null, { ...known, connected: [] })).toEqual({ models: [], unknown: [] });
  });
});
