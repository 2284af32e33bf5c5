import { describe, expect, it } from 'vitest';
import { judgeSession } from '../../../src/cli/demo/calls/judge-session.ts';
import type { ReferenceCall } from '../../../src/simulation/reference-calls.ts';
import { AGENT, PROMPT, sampleCall } from './samples.ts';

const expected: ReferenceCall = {
  agent: AGENT,
  description: 'look',
  prompt: PROMPT,
  steps: [{ kind: 'write', path: 'docs/receipt.md', text: 'the receipt\n' }],
  report: 'in src/money.js',
};
const good = {
  run: 'with',
  end: { ok: true },
  calls: [sampleCall()],
  files: new Map([['docs/receipt.md', 'the receipt\n']]),
} as const;
const scripted = { answersAreScripted: true };

describe('whether a session did what it was for', () => {
  it('finds nothing wrong where each answer came back as it was given', () => {
    expect(judgeSession(good, [expected], scripted)).toEqual([]);
  });

  it.each([
    [
      'that ended badly',
      { end: { ok: false, detail: 'exit 1' } },
      { code: 'session-failed', detail: 'exit 1' },
    ],
    ['without one of its calls', { calls: [] }, { code: 'call-missing', agent: AGENT }],
    [
      'whose call had another prompt',
      { calls: [sampleCall({ prompt: 'other' })] },
      { code: 'call-missing', agent: AGENT },
    ],
    ['whose call never ended', { calls: [sampleCall({ report: null })] }, { code: 'answer-missing' }],
    ['whose call brought nothing', { calls: [sampleCall({ report: ' \n' })] }, { code: 'answer-missing' }],
    ['whose call failed', { calls: [sampleCall({ isError: true })] }, { code: 'answer-missing' }],
    [
      'whose answer was cut',
      { calls: [sampleCall({ report: 'in src/' })] },
      { code: 'answer-wrong', agent: AGENT },
    ],
    [
      'whose work is not there',
      { files: new Map([['docs/receipt.md', null]]) },
      { code: 'work-missing', file: 'docs/receipt.md' },
    ],
  ])('finds a session %s', (_what, change, fault) => {
    const faults = judgeSession({ ...good, ...change } as typeof good, [expected], scripted);
    expect(faults).toEqual([expect.objectContaining(fault)]);
  });

  it('takes any answer where nobody knows what it should be', () => {
    const calls = [sampleCall({ report: 'something', prompt: 'in its own words' })];
    expect(judgeSession({ ...good, calls }, [expected], { answersAreScripted: false })).toEqual([]);
  });
});
