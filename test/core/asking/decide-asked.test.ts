import { describe, expect, it } from 'vitest';
import { decideAsked } from '../../../src/core/asking/decide-asked.ts';

const connectedModels = new Set(['openai/gpt-5.2']);
const ask = (more: Partial<Parameters<typeof decideAsked>[0]> = {}) =>
  decideAsked({ model: 'openai/gpt-5.2', connectedModels, untrusted: false, budget: undefined, ...more });

describe('a model that was named', () => {
  it('does not reach a model from a project that nobody has trusted', () => {
    expect(ask({ untrusted: true }).decision).toMatchObject({ route: false, step: 'trust' });
  });

  it('answers alone, and only reads', () => {
    expect(ask().decision).toMatchObject({
      route: true,
      reason: 'asked-openai/gpt-5.2',
      target: { opencodeProvider: 'openai', model: 'gpt-5.2' },
      alternatives: [],
      writes: false,
    });
  });

  it.each([['openai/gpt-6'], ['anthropic/claude'], ['gpt-5.2']])('is refused as %s', (model) => {
    expect(ask({ model }).decision).toMatchObject({ route: false, reason: `no-model-${model}` });
  });

  it('is taken at its word where nobody knows what is connected', () => {
    expect(ask({ connectedModels: undefined }).decision.route).toBe(true);
  });

  it('is not asked over a budget', () => {
    const budget = { reason: 'budget-day-104%', block: 'Not today.' };
    const { decision, trail } = ask({ budget });
    expect(decision).toMatchObject({
      route: false,
      step: 'budget',
      block: { rule: null, message: 'Not today.' },
    });
    expect(trail.at(-1)).toEqual({ step: 'budget', said: 'budget-day-104%' });
  });
});
