import { describe, expect, it } from 'vitest';
import { decidePlaced, type PlacedQuestion } from '../../../src/core/routing/decide-placed.ts';

const QUESTION: PlacedQuestion = {
  agent: 'oh-my-claudecode:architect',
  placed: {
    models: ['openai/gpt-5.2', 'google/gemini-3-flash', 'anthropic/claude-opus'],
    role: 'oracle',
    tier: 'high',
    opencodeAgent: 'plan',
    writes: false,
  },
  connectedModels: new Set(['google/gemini-3-flash', 'openai/other']),
  untrusted: false,
  budget: null,
};

describe('a task that was routed elsewhere', () => {
  it('is done by the first of its models that is connected here', () => {
    const { decision } = decidePlaced(QUESTION);
    expect(decision).toMatchObject({
      route: true,
      agent: { name: 'architect' },
      writes: false,
      role: 'oracle',
    });
    expect(decision.target).toMatchObject({ provider: 'gemini', model: 'gemini-3-flash' });
  });

  it.each([
    ['none of them is connected', { connectedModels: new Set<string>() }, 'no-model-oracle'],
    ['its project brings what nobody here trusts', { untrusted: true }, 'project-not-trusted'],
    ['the budget here is spent', { budget: { reason: 'budget-day-104%', block: null } }, 'budget-day-104%'],
  ])('is not done where %s', (_what, but, reason) => {
    const { decision } = decidePlaced({ ...QUESTION, ...(but as Partial<PlacedQuestion>) });
    expect(decision).toMatchObject({ route: false, reason });
  });
});
