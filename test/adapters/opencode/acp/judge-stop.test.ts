import type { PromptResponse } from '@agentclientprotocol/sdk';
import { describe, expect, it } from 'vitest';
import { judgeStop, usageOf } from '../../../../src/adapters/opencode/acp/judge-stop.ts';
import { NEW_TURN } from '../../../../src/adapters/opencode/acp/session-update.ts';

const response = (stopReason: string, usage?: object) =>
  ({ stopReason, ...(usage ? { usage } : {}) }) as PromptResponse;

describe('a turn that has ended', () => {
  it.each([
    ['end_turn', true, 0, null],
    ['end_turn', false, 5, null],
    ['end_turn', false, 0, 'provider-garbage'],
    ['cancelled', true, 5, 'cancelled'],
    ['max_tokens', true, 5, 'provider-error'],
    ['refusal', false, 0, 'provider-error'],
    ['a_reason_of_next_year', true, 5, 'provider-error'],
  ])('with %s, answering: %s, %s tokens: %s', (stopReason, isAnswering, outputTokens, code) => {
    const judged = judgeStop(response(stopReason, { outputTokens }), { ...NEW_TURN, isAnswering });
    expect(judged?.code ?? null).toBe(code);
  });

  it('on a tool call is no answer, whatever it used', () => {
    const turn = { ...NEW_TURN, hasCalled: true };
    expect(judgeStop(response('end_turn', { outputTokens: 50 }), turn)?.code).toBe('provider-garbage');
  });
});

describe('what a turn has used', () => {
  it('is read in our words, with zeros for what is not told', () => {
    const usage = {
      inputTokens: 10,
      outputTokens: 2,
      totalTokens: 19,
      thoughtTokens: 3,
      cachedReadTokens: 4,
    };
    expect(usageOf(response('end_turn', usage))).toEqual({
      input: 10,
      output: 2,
      reasoning: 3,
      cacheRead: 4,
      cacheWrite: 0,
    });
  });

  it('is nothing where nothing was told', () => {
    for (const one of [null, response('end_turn'), response('end_turn', { inputTokens: 'many' })])
      expect(usageOf(one).input).toBe(0);
  });
});
