import { describe, expect, it } from 'vitest';
import { weightOf } from '../../../src/core/balancing/weights.ts';

describe('the weight', () => {
  it.each([
    ['claude', {}, 3],
    ['openai/gpt-5.2', {}, 2],
    ['google/gemini-3-flash', {}, 2],
    ['groq/llama', {}, 1],
    ['constructor/x', {}, 1],
    ['openai/gpt-5.2', { openai: 0 }, 0],
    ['google/gemini-3-flash', { gemini: 7 }, 7],
    ['gemini', { google: 7 }, 7],
    ['openrouter/openai/gpt-5.2', { openai: 7 }, 1],
  ])('of %s with %j is %d', (candidate, weights, weight) => {
    expect(weightOf(candidate, weights)).toBe(weight);
  });
});
