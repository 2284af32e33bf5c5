import { describe, expect, it } from 'vitest';
import { decisionFor, readDecisions } from '../../../src/cli/demo/calls/logged-decision.ts';
import { sampleCall, sampleDecision } from './samples.ts';

const line = (change: object) =>
  JSON.stringify({
    requestId: 'r1',
    sessionId: 's1',
    subagentType: 'oh-my-claudecode:explore',
    agent: 'explore',
    decision: 'route',
    reason: 'fusion-default-explore',
    target: 'opencode',
    provider: 'gemini',
    model: 'gemini-3-flash',
    ...change,
  });

describe('decisions, from the routing log', () => {
  it('reads what was decided and why', () => {
    expect(readDecisions([line({})])).toEqual([sampleDecision()]);
  });

  it('reads the second line of a task as its failure, not as a decision of its own', () => {
    const lines = [line({}), line({ decision: 'native', reason: 'failed-provider-silent' })];
    expect(readDecisions(lines)).toEqual([sampleDecision({ failed: 'failed-provider-silent' })]);
  });

  it('reads the line of a lost daemon, which has no id, as the failure of the call that it had decided', () => {
    const lost = line({ requestId: '', decision: 'native', reason: 'failed-open-daemon-unreachable' });
    expect(readDecisions([line({}), lost])).toEqual([
      sampleDecision({ failed: 'failed-open-daemon-unreachable' }),
    ]);
  });

  it('reads the same line as a decision for Claude where there was none before', () => {
    const reason = 'failed-open-daemon-unreachable';
    const lost = line({ requestId: '', decision: 'native', reason, provider: 'claude', model: null });
    expect(readDecisions([lost, lost])).toMatchObject([
      { route: false, reason, provider: 'claude' },
      { route: false, reason, provider: 'claude' },
    ]);
  });

  it('passes over what is not a line of the log', () => {
    expect(readDecisions(['', 'half a li', '[]', '{}'])).toEqual([]);
  });

  it('gives the second call of an agent its second decision', () => {
    const calls = [
      sampleCall({ toolUseId: 't1' }),
      sampleCall({ toolUseId: 't2', agent: 'other' }),
      sampleCall({ toolUseId: 't3' }),
    ];
    const decisions = [
      sampleDecision({ requestId: 'first' }),
      sampleDecision({ requestId: 'other', agent: 'other' }),
      sampleDecision({ requestId: 'second' }),
    ];
    const given = calls.map((call) => decisionFor(call, calls, decisions)?.requestId);
    expect(given).toEqual(['first', 'other', 'second']);
    expect(decisionFor(sampleCall({ agent: 'unheard of' }), calls, decisions)).toBeNull();
  });
});
