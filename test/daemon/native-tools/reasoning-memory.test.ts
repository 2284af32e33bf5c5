import { describe, expect, it } from 'vitest';
import type { KeptReasoning } from '../../../src/core/native-tools/recall-reasoning.ts';
import { createReasoningMemory } from '../../../src/daemon/native-tools/reasoning-memory.ts';

const kept = (text: string): KeptReasoning => ({
  model: 'openai/gpt',
  before: [{ type: 'reasoning', text, providerOptions: {} }],
  call: null,
});

describe('the memory of what was thought', () => {
  it('forgets the oldest where it would grow too large', () => {
    const one = kept('x'.repeat(100));
    const size = JSON.stringify(one).length;
    const memory = createReasoningMemory(2 * size);
    for (const id of ['a', 'b', 'a', 'c']) memory.keep(id, one);
    expect(['a', 'b', 'c'].map((id) => memory.find(id) !== undefined)).toEqual([true, false, true]);
    memory.keep('d', kept('y'.repeat(300)));
    expect(['a', 'c', 'd'].map((id) => memory.find(id))).toEqual([undefined, undefined, undefined]);
  });
});
