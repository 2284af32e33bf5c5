import { describe, expect, it } from 'vitest';
import { judgeRoutes, judgeUnrouted } from '../../../src/cli/demo/calls/judge-routes.ts';
import type { Spending } from '../../../src/cli/demo/calls/spending.ts';
import { AGENT, sampleCall, sampleDecision } from './samples.ts';

const spent = (provider: string, model: string, requests = 1): Spending => ({
  provider,
  model,
  requests,
  tokens: { input: 1, output: 1 },
});
const gemini = spent('gemini', 'gemini-3-flash', 4);
const claude = spent('claude', 'claude-haiku', 2);
const native = sampleDecision({ route: false, provider: 'claude', model: null });
const call = sampleCall();

describe('whether each call went where the decision said', () => {
  it('finds nothing wrong with a routed call that its target alone has answered', () => {
    expect(judgeRoutes([{ call, decision: sampleDecision(), spending: [gemini] }])).toEqual([]);
  });

  it('finds nothing wrong with a native call that Claude alone has answered', () => {
    expect(judgeRoutes([{ call, decision: native, spending: [claude] }])).toEqual([]);
  });

  it('finds a routed call that Claude was asked for as well, with what the log says', () => {
    const decision = sampleDecision({ failed: 'failed-provider-silent' });
    expect(judgeRoutes([{ call, decision, spending: [gemini, claude] }])).toEqual([
      { code: 'claude-asked', agent: AGENT, requests: 2, why: 'failed-provider-silent' },
    ]);
  });

  it.each<[string, readonly Spending[], readonly string[]]>([
    ['another provider', [spent('openai', 'gpt-5.2')], ['openai/gpt-5.2']],
    ['another model', [spent('gemini', 'gemini-2.5-pro')], ['gemini/gemini-2.5-pro']],
    [
      'the target and another one',
      [gemini, spent('openai', 'gpt-5.2')],
      ['gemini/gemini-3-flash', 'openai/gpt-5.2'],
    ],
    ['nowhere', [], []],
  ])('finds a routed call that went to %s', (_where, spending, went) => {
    expect(judgeRoutes([{ call, decision: sampleDecision(), spending }])).toEqual([
      { code: 'went-elsewhere', run: 'with', agent: AGENT, decided: 'gemini/gemini-3-flash', went },
    ]);
  });

  it('finds a native call that left Claude', () => {
    expect(judgeRoutes([{ call, decision: native, spending: [gemini] }])).toMatchObject([
      { code: 'went-elsewhere', decided: 'claude', went: ['gemini/gemini-3-flash'] },
    ]);
  });

  it('finds a call that nobody has decided, although it was answered', () => {
    expect(judgeRoutes([{ call, decision: null, spending: [claude] }])).toEqual([
      { code: 'undecided', agent: AGENT },
    ]);
  });

  it('finds a call that left Claude without OMCM', () => {
    expect(judgeUnrouted([{ call, spending: [claude] }])).toEqual([]);
    expect(judgeUnrouted([{ call, spending: [claude, gemini] }])).toMatchObject([
      { code: 'went-elsewhere', run: 'without', agent: AGENT },
    ]);
  });
});
