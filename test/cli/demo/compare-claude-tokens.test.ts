import { describe, expect, it } from 'vitest';
import {
  claudeTokensIn,
  compareClaudeTokens,
  reportedClaudeTokens,
} from '../../../src/cli/demo/calls/compare-claude-tokens.ts';
import { sampleRequest } from './samples.ts';

const total = (tokens: number) => ({ total: tokens, conductor: null, subagents: null });

describe("Claude's tokens", () => {
  it('tells the conductor from its subagents by the id that these carry', () => {
    const tokens = claudeTokensIn([
      sampleRequest({ model: 'claude-opus', tokens: [1_000, 100] }),
      sampleRequest({ model: 'claude-haiku', agentId: 'a1', tokens: [300, 20] }),
      sampleRequest({ model: 'claude-haiku', agentId: 'a2', tokens: [200, 10] }),
    ]);
    expect(tokens).toEqual({ total: 1_630, conductor: 1_100, subagents: 530 });
  });

  it.each([
    [1_000, 380, 62],
    [1_000, 381, 61.9],
    [100_000, 38_001, 61.9],
    [1_000, 1_000, 0],
    [1_000, 1_500, -50],
    [0, 0, 0],
  ])('saves of %i, with %i left, %f percent: never rounded up', (without, withOmcm, saved) => {
    expect(compareClaudeTokens(total(without), total(withOmcm)).savedPercent).toBe(saved);
  });

  it('reads what Claude Code reports at the end, cached tokens included and other models left out', () => {
    const used = { inputTokens: 100, outputTokens: 10, cacheReadInputTokens: 1_000, costUSD: 3 };
    const events = [
      { type: 'result', modelUsage: { 'claude-opus': { inputTokens: 1 } } },
      { type: 'result', modelUsage: { 'claude-opus': used, 'claude-haiku': used, 'gpt-5.2': used } },
    ];
    expect(reportedClaudeTokens(events)).toEqual(total(2_220));
    expect(reportedClaudeTokens([])).toEqual(total(0));
  });
});
