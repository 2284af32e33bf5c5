import { describe, expect, it } from 'vitest';
import { rowOf } from '../../../src/cli/demo/calls/call-row.ts';
import { spendingOf } from '../../../src/cli/demo/calls/spending.ts';
import { PROMPT, sampleCall, sampleDecision, sampleRequest } from './samples.ts';

const nothing = { anthropic: [], openai: [], google: [] };

describe('what a call cost, from the journals', () => {
  it('adds up all turns of the model that worked on it', () => {
    const google = [
      sampleRequest({ model: 'gemini-3-flash', tokens: [100, 5] }),
      sampleRequest({ model: 'gemini-3-flash', prompt: `read this: ${PROMPT}`, tokens: [150, 7] }),
      sampleRequest({ model: 'gemini-3-flash', prompt: 'something else', tokens: [9_999, 9] }),
    ];
    expect(spendingOf(sampleCall(), { ...nothing, google })).toEqual([
      { provider: 'gemini', model: 'gemini-3-flash', requests: 2, tokens: { input: 250, output: 12 } },
    ]);
  });

  it("does not take the conductor's requests for the subagent's, though they repeat its prompt", () => {
    const anthropic = [
      sampleRequest({ model: 'claude-opus' }),
      sampleRequest({ model: 'claude-haiku', agentId: 'another' }),
      sampleRequest({ model: 'claude-haiku', agentId: 'a1' }),
    ];
    expect(spendingOf(sampleCall(), { ...nothing, anthropic })).toMatchObject([
      { provider: 'claude', model: 'claude-haiku', requests: 1 },
    ]);
  });

  it('names everybody who was asked, so that paying twice cannot hide', () => {
    const journals = {
      anthropic: [sampleRequest({ model: 'claude-haiku', agentId: 'a1' })],
      openai: [sampleRequest({ model: 'gpt-5.2' })],
      google: [sampleRequest({ model: 'gemini-3-flash' })],
    };
    const names = spendingOf(sampleCall(), journals).map(({ provider }) => provider);
    expect(names).toEqual(['claude', 'openai', 'gemini']);
  });
});

describe('the row of a call', () => {
  const gemini = {
    provider: 'gemini',
    model: 'gemini-3-flash',
    requests: 3,
    tokens: { input: 20, output: 2 },
  };
  const claude = {
    provider: 'claude',
    model: 'claude-haiku',
    requests: 2,
    tokens: { input: 50, output: 5 },
  };

  it('shows the tokens of the model that it was routed to, and those of Claude apart', () => {
    const row = rowOf({
      call: sampleCall(),
      decision: sampleDecision(),
      spending: [claude, gemini],
      sessionStartedAt: 400,
    });
    expect(row).toEqual({
      agent: 'oh-my-claudecode:explore',
      route: true,
      reason: 'fusion-default-explore',
      provider: 'gemini',
      model: 'gemini-3-flash',
      requests: 3,
      tokens: { input: 20, output: 2 },
      startedMs: 600,
      durationMs: 2_000,
      claude: { requests: 2, tokens: 55 },
    });
  });

  it('takes the name of the Claude model from what was asked, where the decision names none', () => {
    const decision = sampleDecision({ route: false, provider: 'claude', model: null });
    const row = rowOf({ call: sampleCall(), decision, spending: [claude], sessionStartedAt: 0 });
    expect(row).toMatchObject({ route: false, provider: 'claude', model: 'claude-haiku' });
  });

  it('counts a request to Claude that nobody has counted as one at least', () => {
    const spending = [{ ...claude, requests: null, tokens: null }];
    const row = rowOf({ call: sampleCall(), decision: sampleDecision(), spending, sessionStartedAt: 0 });
    expect(row.claude).toEqual({ requests: 1, tokens: 0 });
  });
});
