import { describe, expect, it } from 'vitest';
import { keyOf, newsOf } from '../../../src/cli/demo/calls/call-news.ts';
import { sampleCall, sampleDecision } from './samples.ts';

const running = sampleCall({ endedAt: null, report: null });
const nothingTold = () => false;
const kinds = (news: ReturnType<typeof newsOf>) => news.map(({ kind }) => kind);

describe('what there is to tell of a running session', () => {
  it('waits with a call that starts until it is known where it goes', () => {
    expect(newsOf([running], [], nothingTold)).toEqual([]);
    expect(kinds(newsOf([running], [sampleDecision()], nothingTold))).toEqual(['started']);
  });

  it('tells a call that nobody decided at the latest when it has ended', () => {
    expect(kinds(newsOf([sampleCall()], [], nothingTold))).toEqual(['started', 'ended']);
  });

  it('tells nothing twice', () => {
    const told = new Set(newsOf([running], [sampleDecision()], nothingTold).map(keyOf));
    const isTold = (news: Parameters<typeof keyOf>[0]) => told.has(keyOf(news));
    expect(newsOf([running], [sampleDecision()], isTold)).toEqual([]);
    expect(kinds(newsOf([sampleCall()], [sampleDecision()], isTold))).toEqual(['ended']);
  });
});
