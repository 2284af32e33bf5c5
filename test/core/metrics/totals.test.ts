import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TOKENS } from '../../../src/core/delegation/engine.ts';
import { createHistogram } from '../../../src/core/metrics/histogram.ts';
import { createLabelledCounter } from '../../../src/core/metrics/labelled-counter.ts';
import { createTotals, type EndedTask } from '../../../src/core/metrics/totals.ts';

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');

function sumOf(samples: readonly { readonly value: number }[]): number {
  return samples.reduce((sum, { value }) => sum + value, 0);
}

describe('a counter with labels', () => {
  it('equals a recount, with names beyond the bound under one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, fc.nat(9))), fc.integer({ min: 1, max: 6 }), (adds, most) => {
        const counter = createLabelledCounter([
          ['one', most],
          ['two', 6],
        ]);
        for (const [one, two, amount] of adds) counter.add([one, two], amount);
        const told: readonly string[] = [...new Set(adds.map(([one]) => one))].slice(0, most);
        const nameOf = (one: string) => (told.includes(one) ? one : 'other');
        const samples = counter.samples();
        for (const { labels, value } of samples)
          expect(value).toBe(
            adds
              .filter(([one, two]) => nameOf(one) === labels.one && two === labels.two)
              .reduce((sum, [, , amount]) => sum + amount, 0),
          );
        expect(sumOf(samples)).toBe(adds.reduce((sum, [, , amount]) => sum + amount, 0));
        expect(new Set(samples.map(({ labels }) => labels.one)).size).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
});

describe('a histogram', () => {
  it('counts in each bucket what is no larger than its end', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true })), (values) => {
        const bounds = [0.5, 1, 5];
        const histogram = createHistogram(bounds);
        for (const value of values) histogram.add(value);
        const samples = histogram.samples('x', { of: 'y' });
        for (const bound of bounds)
          expect(samples.find(({ labels }) => labels.le === String(bound))?.value).toBe(
            values.filter((value) => value <= bound).length,
          );
        expect(samples.at(-1)).toEqual({ name: 'x_count', labels: { of: 'y' }, value: values.length });
      }),
    );
  });
});

const spent = (model: string, input: number) => ({
  provider: 'openai',
  model,
  tokens: { ...NO_TOKENS, input, output: 1 },
  costUsd: 0.5,
});
const task = (more: Partial<EndedTask> = {}): EndedTask => ({
  agent: 'explore',
  provider: 'openai',
  failure: null,
  durationMs: 3_000,
  spent: [spent('bad', 10), spent('good', 100)],
  answerTokens: 7,
  ...more,
});

function read(totals: ReturnType<typeof createTotals>, name: string) {
  return totals.families().find((family) => family.name === name)?.samples ?? [];
}

describe('what the daemon has counted', () => {
  it('keeps the tokens of each model that was tried, and compares only the one that answered with Claude', () => {
    const totals = createTotals();
    totals.ended(task());
    totals.ended(task({ failure: 'provider-silent', answerTokens: 0 }));

    expect(read(totals, 'omcm_tokens_total')).toContainEqual({
      labels: { provider: 'openai', model: 'bad', type: 'input' },
      value: 20,
    });
    expect(read(totals, 'omcm_claude_equivalent_tokens_total')).toEqual([
      { labels: { bound: 'low' }, value: 101 },
      { labels: { bound: 'high' }, value: 101 },
    ]);
    expect(read(totals, 'omcm_answer_tokens_total')).toEqual([{ labels: {}, value: 7 }]);
    expect(read(totals, 'omcm_task_failures_total')).toEqual([
      { labels: { reason: 'provider-silent' }, value: 1 },
    ]);
  });

  it('counts an answer of Claude once, however often it is told, and none that an earlier daemon has counted', () => {
    const totals = createTotals();
    const message = (messageId: string, output: number) => ({
      timestamp: 1,
      sessionId: 's',
      directory: null,
      agentId: null,
      messageId,
      model: 'opus',
      tokens: { ...NO_TOKENS, output },
    });
    totals.claudeHadSpent([message('old', 50)]);
    totals.claudeSpent([message('new', 1), message('new', 20)]);
    totals.claudeSpent([message('new', 20), message('old', 60)]);
    expect(read(totals, 'omcm_claude_tokens_total')).toEqual([
      { labels: { part: 'lead', model: 'opus', type: 'output' }, value: 30 },
    ]);
  });
});
