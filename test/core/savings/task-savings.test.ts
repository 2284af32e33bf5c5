import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumClaude } from '../../../src/core/savings/claude-usage.ts';
import { estimateTokens } from '../../../src/core/savings/estimate-tokens.ts';
import { findPrice } from '../../../src/core/savings/price-table.ts';
import { GROUPINGS, groupSavings, sumSavings } from '../../../src/core/savings/sum-savings.ts';
import { estimateTask, type SavingsRules, type TaskRecord } from '../../../src/core/savings/task-savings.ts';

const RULES: SavingsRules = {
  models: { low: 'claude-haiku-5-5', medium: 'claude-sonnet-5-5', high: 'claude-opus-5-5' },
  tierOf: () => 'medium',
  prices: {},
};
const TOKENS = { input: 100_000, output: 10_000, reasoning: 5_000, cacheRead: 50_000, cacheWrite: 0 };
const TASK: TaskRecord = {
  requestId: 'r',
  timestamp: Date.UTC(2026, 10, 22, 12),
  agent: 'executor',
  sessionId: 's',
  directory: '/work/shop',
  failure: null,
  spent: [{ provider: 'openai', model: 'gpt-5.2', tokens: TOKENS, costUsd: 0.25 }],
  answerTokens: 2_000,
};

describe('what a task saved', () => {
  it('is what it would have taken on Claude, as a band, less its answer and its cost', () => {
    const saved = estimateTask(TASK, RULES);
    expect(saved.claudeModel).toBe('claude-sonnet-5-5');
    expect(saved.onClaude.tokens).toEqual({ low: 110_000, high: 165_000 });
    expect(saved.savedTokens).toEqual({ low: 108_000, high: 163_000 });
    // low: 100k × $2 + 50k × $0.10 + 10k × $10; high: 100k × $2.50 + 50k × $2 + 15k × $10; answer: 2k × $5 of Opus.
    expect(saved.onClaude.usd?.low).toBeCloseTo(0.305, 6);
    expect(saved.onClaude.usd?.high).toBeCloseTo(0.5, 6);
    expect(saved.savedUsd?.low).toBeCloseTo(0.305 - 0.01 - 0.25, 6);
    expect(saved.savedUsd?.high).toBeCloseTo(0.5 - 0.01 - 0.25, 6);
  });

  it('is nothing where it failed, and its cost is lost', () => {
    const saved = estimateTask({ ...TASK, failure: 'provider-rate-limited' }, RULES);
    expect(saved.savedTokens).toEqual({ low: 0, high: 0 });
    expect(saved.savedUsd).toEqual({ low: -0.25, high: -0.25 });
  });

  it('is not known in money where no cost was reported, until the user names a price', () => {
    const unpriced = {
      ...TASK,
      spent: [{ provider: 'openai', model: 'gpt-5.2-codex', tokens: TOKENS, costUsd: 0 }],
    };
    expect(estimateTask(unpriced, RULES)).toMatchObject({ spentUsd: null, savedUsd: null });
    const own = { 'openai/gpt-5.2-codex': { input: 1, output: 10, cacheRead: 0.1, cacheWrite: 1 } };
    expect(estimateTask(unpriced, { ...RULES, prices: own }).spentUsd).toBeCloseTo(0.255, 6);
  });

  it('counts only the model that answered; what others spent before it is cost', () => {
    const spent = [{ provider: 'gemini', model: 'x', tokens: TOKENS, costUsd: 0.5 }, ...TASK.spent];
    const saved = estimateTask({ ...TASK, spent }, RULES);
    expect(saved.onClaude.tokens).toEqual({ low: 110_000, high: 165_000 });
    expect(saved.spentUsd).toBe(0.75);
  });

  it('is less than nothing where the answer was longer than the work', () => {
    expect(estimateTask({ ...TASK, answerTokens: 200_000 }, RULES).savedTokens.low).toBeLessThan(0);
  });
});

describe('the sum of many', () => {
  const amount = fc.integer({ min: 0, max: 100_000 });
  const tokens = fc.record({
    input: amount,
    output: amount,
    reasoning: amount,
    cacheRead: amount,
    cacheWrite: amount,
  });
  const spent = fc.record({
    provider: fc.constantFrom('openai', 'gemini'),
    model: fc.constantFrom('a', 'b'),
    tokens,
    costUsd: fc.constantFrom(0, 0.25, 0.5),
  });
  const task = fc.record({
    requestId: fc.uuid(),
    timestamp: fc.integer({ min: 0, max: 40 }).map((days) => Date.UTC(2026, 10, 1) + days * 43_200_000),
    agent: fc.constantFrom('explore', 'architect'),
    sessionId: fc.constant(null),
    directory: fc.constantFrom('/a', '/b', null),
    failure: fc.constantFrom(null, null, 'provider-refused'),
    spent: fc.array(spent, { maxLength: 3 }),
    answerTokens: fc.constantFrom(null, 0, 17),
  });
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

  it('is the same however it is grouped, and no token of any line is missing from it', () => {
    fc.assert(
      fc.property(fc.array(task, { maxLength: 30 }), (records) => {
        const tasks = records.map((record) => estimateTask(record, RULES));
        const total = sumSavings(tasks);
        const spentInput = records
          .flatMap((record) => record.spent)
          .reduce((sum, one) => sum + one.tokens.input, 0);
        expect(total.tokens.input).toBe(spentInput);
        for (const by of GROUPINGS) {
          const rows = groupSavings(tasks, by, dayOf);
          const add = (read: (row: (typeof rows)[number]) => number) =>
            rows.reduce((sum, row) => sum + read(row), 0);
          expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
          expect([add(({ tasks: n }) => n), add(({ failed }) => failed)]).toEqual([
            total.tasks,
            total.failed,
          ]);
          expect(add(({ savedTokens }) => savedTokens.low)).toBe(total.savedTokens.low);
          expect(add(({ tokens: { cacheRead } }) => cacheRead)).toBe(total.tokens.cacheRead);
          expect(add(({ unknownCosts }) => unknownCosts)).toBe(total.unknownCosts);
          expect(add(({ savedUsd }) => savedUsd?.low ?? 0)).toBeCloseTo(total.savedUsd?.low ?? 0, 6);
        }
      }),
    );
  });
});

describe('a price', () => {
  it.each([
    ['claude-haiku-4-5-20251001', 1],
    ['claude-opus-5-5[1m]', 4],
    ['claude-opus-5', 5],
  ])('of %s is that of its model, whatever stands behind the name', (model, input) => {
    expect(findPrice(model, {})?.input).toBe(input);
  });

  it('of a model that is not in the list is not known', () => {
    expect([findPrice('claude-opus-6', {}), findPrice('gpt-5.2', {}), findPrice('constructor', {})]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("is the user's own first", () => {
    const own = { 'claude-opus-5': { input: 1, output: 1, cacheRead: 1, cacheWrite: 1 } };
    expect(findPrice('claude-opus-5-20260724', own)?.input).toBe(1);
  });
});

it('an answer of Claude that is told several times counts once, as it was told last', () => {
  const message = (messageId: string, output: number, agentId: string | null) => ({
    timestamp: 1,
    sessionId: 's',
    directory: null,
    agentId,
    messageId,
    model: 'claude-opus-5-5',
    tokens: { input: 10, output, reasoning: 0, cacheRead: 0, cacheWrite: 0 },
  });
  const { lead, subagents, byModel } = sumClaude([
    message('a', 1, null),
    message('b', 5, 'x'),
    message('a', 3, null),
  ]);
  expect([lead.input, lead.output, subagents.output]).toEqual([10, 3, 5]);
  expect(byModel['claude-opus-5-5']?.output).toBe(8);
});

it('a Korean text is estimated by its letters, an English one by a quarter of them', () => {
  expect([estimateTokens('abcdefgh'), estimateTokens('안녕하세요'), estimateTokens('')]).toEqual([2, 5, 0]);
});
