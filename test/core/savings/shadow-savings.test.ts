import { describe, expect, it } from 'vitest';
import { NO_TOKENS } from '../../../src/core/delegation/engine.ts';
import { sumShadow } from '../../../src/core/savings/shadow-savings.ts';

const message = (agentId: string | null, messageId: string, output: number) => ({
  timestamp: 1,
  sessionId: 's',
  directory: null,
  agentId,
  messageId,
  model: 'opus',
  tokens: { ...NO_TOKENS, output },
});
const call = (agent: string, agentId: string | null) => ({ agent, agentId, target: 'gemini/flash' });

describe('what shadow mode would have taken off Claude', () => {
  it('is the last that was told of each answer of the subagents that would have gone, each once', () => {
    const messages = [
      message(null, 'lead', 1_000),
      message('a', 'm1', 1),
      message('a', 'm1', 30),
      message('a', 'm2', 5),
      message('b', 'm3', 100),
      message('stays', 'm4', 7_000),
    ];
    const calls = [call('explore', 'a'), call('explore', 'a'), call('review', 'b'), call('review', 'silent')];
    expect(sumShadow([...calls, call('explore', null)], messages)).toEqual({
      rows: [
        {
          agent: 'review',
          target: 'gemini/flash',
          calls: 2,
          unknown: 1,
          tokens: { ...NO_TOKENS, output: 100 },
        },
        {
          agent: 'explore',
          target: 'gemini/flash',
          calls: 3,
          unknown: 1,
          tokens: { ...NO_TOKENS, output: 35 },
        },
      ],
      total: { calls: 5, unknown: 2, tokens: { ...NO_TOKENS, output: 135 } },
    });
  });
});
