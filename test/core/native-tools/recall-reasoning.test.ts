import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/core/native-tools/conversation.ts';
import { type KeptReasoning, recallReasoning } from '../../../src/core/native-tools/recall-reasoning.ts';

const call = (id: string) => ({
  type: 'tool-call' as const,
  toolCallId: id,
  toolName: 'Read',
  input: {},
});
const TURNS: readonly Turn[] = [
  { role: 'user', content: [{ type: 'text', text: 'Go.' }] },
  { role: 'assistant', content: [{ type: 'text', text: 'I read.' }, call('a'), call('b')] },
];
const THOUGHT = { type: 'reasoning' as const, text: 'hm', providerOptions: { openai: { itemId: 'rs' } } };
const KEPT: Readonly<Record<string, KeptReasoning>> = {
  a: { model: 'openai/gpt', before: [THOUGHT], call: null },
  b: { model: 'openai/gpt', before: [], call: { openai: { itemId: 'fc' } } },
};

describe('what was thought before calls', () => {
  it('stands before what was said with them, and each call has what is its own', () => {
    expect(recallReasoning(TURNS, 'openai/gpt', (id) => KEPT[id])).toEqual([
      TURNS[0],
      {
        role: 'assistant',
        content: [
          THOUGHT,
          { type: 'text', text: 'I read.' },
          call('a'),
          { ...call('b'), providerOptions: { openai: { itemId: 'fc' } } },
        ],
      },
    ]);
  });

  it.each(['google/gemini', 'openai/gpt-other'])('is nothing to %s', (model) => {
    expect(recallReasoning(TURNS, model, (id) => KEPT[id])).toEqual(TURNS);
  });
});
