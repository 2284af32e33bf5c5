import { describe, expect, it } from 'vitest';
import { arrangeBalancing } from '../../../src/core/balancing/arrange-balancing.ts';
import { type Balancing, NO_BALANCING } from '../../../src/core/balancing/balancing.ts';
import { explainGroup } from '../../../src/core/balancing/explain-group.ts';
import type { Outcome } from '../../../src/core/balancing/learned.ts';
import { noteOutcome } from '../../../src/core/balancing/note-outcome.ts';
import { parseBalancing } from '../../../src/core/balancing/parse-balancing.ts';
import { pickCandidate } from '../../../src/core/balancing/pick-candidate.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const groups = { flash: ['openai/a', 'google/b'], oracle: ['openai/a', 'google/b'] };
const START = arrangeBalancing(NO_BALANCING, { groups, weightOf: () => 1 });

const note = (balancing: Balancing, candidate: string, outcome: Outcome, now = NOW) =>
  noteOutcome(balancing, { role: 'flash', candidate, now, ...outcome });
const repeat = (balancing: Balancing, times: number, candidate: string, outcome: Outcome) =>
  Array.from({ length: times }).reduce<Balancing>((before) => note(before, candidate, outcome), balancing);
const learned = (balancing: Balancing, at: number, role = 'flash') => {
  const figures = explainGroup(balancing, { role, now: NOW })[at]?.learned;
  if (figures === undefined) throw new Error('nothing is known');
  return figures;
};
const pick = (balancing: Balancing, draws: readonly number[]) => {
  const left = [...draws];
  const request = {
    role: 'flash',
    strategy: 'adaptive' as const,
    now: NOW,
    random: () => left.shift() ?? 0.5,
  };
  return pickCandidate(balancing, request)?.candidate;
};

describe('what a role has learned', () => {
  it('is nothing at first: all are worth the same, within wide bounds', () => {
    expect(learned(START, 0)).toEqual(learned(START, 1));
    expect(learned(START, 0)).toMatchObject({
      outcomes: 0,
      successShare: null,
      latencyMs: null,
      costUsd: null,
    });
    expect(learned(START, 0).toMs / learned(START, 0).fromMs).toBeGreaterThan(3);
  });

  it('becomes certain with each outcome, and uncertain with time', () => {
    const width = (balancing: Balancing) => learned(balancing, 0).toMs / learned(balancing, 0).fromMs;
    const once = note(START, 'openai/a', { ok: true, latencyMs: 5_000 });
    const often = repeat(once, 20, 'openai/a', { ok: true, latencyMs: 5_000 });
    expect(width(once)).toBeLessThan(width(START));
    expect(width(often)).toBeLessThan(1.3);
    const later = note(often, 'google/b', { ok: true, latencyMs: 5_000 }, NOW + 5 * HOUR);
    expect(width(later)).toBeGreaterThan(width(often));
    expect(learned(later, 0).outcomes).toBeCloseTo(learned(often, 0).outcomes / 32, 5);
  });

  it('forgets after fifty newer outcomes most of what was', () => {
    const slow = repeat(START, 50, 'openai/a', { ok: true, latencyMs: 20_000 });
    const quick = repeat(slow, 50, 'openai/a', { ok: true, latencyMs: 2_000 });
    expect(learned(quick, 0).latencyMs).toBeLessThan(5_000);
    expect(learned(quick, 0).latencyMs).toBeGreaterThan(2_000);
  });

  it('counts a dollar as a minute, and a failure as more than a slow success', () => {
    const equal = (first: Outcome, second: Outcome) => {
      const both = repeat(repeat(START, 40, 'openai/a', first), 40, 'google/b', second);
      return learned(both, 0).priceMs / learned(both, 1).priceMs;
    };
    const dear = { ok: true, latencyMs: 6_000, costUsd: 0.1 };
    expect(equal(dear, { ok: true, latencyMs: 12_000, costUsd: 0 })).toBeCloseTo(1, 1);
    expect(equal({ ok: false, latencyMs: 100 }, { ok: true, latencyMs: 20_000 })).toBeGreaterThan(1.5);
  });

  it('belongs to that role, while speed and errors are seen by all', () => {
    const balancing = note(START, 'openai/a', { ok: true, latencyMs: 5_000, tokens: 100 });
    expect(learned(balancing, 0, 'oracle').outcomes).toBe(0);
    const [seen] = explainGroup(balancing, { role: 'oracle', now: NOW });
    expect(seen).toMatchObject({ latency: { ms: 5_000 }, load: 100 });
    expect(explainGroup(balancing, { role: 'nobody', now: NOW })).toEqual([]);
  });

  it('is drawn from: the lowest draw wins, as far as the spreads reach', () => {
    const near = repeat(repeat(START, 5, 'openai/a', { ok: true, latencyMs: 5_000 }), 5, 'google/b', {
      ok: true,
      latencyMs: 5_500,
    });
    expect(pick(near, [0.5, 0.5])).toBe('openai/a');
    expect(pick(near, [0.9, 0.1])).toBe('google/b');
    const far = repeat(repeat(START, 30, 'openai/a', { ok: true, latencyMs: 2_000 }), 30, 'google/b', {
      ok: true,
      latencyMs: 20_000,
    });
    expect(pick(far, [1, 0])).toBe('openai/a');
  });

  it('stays with its candidate when another one is left out', () => {
    const names = ['openai/a', 'google/b', 'groq/c'];
    const start = arrangeBalancing(NO_BALANCING, { groups: { flash: names }, weightOf: () => 1 });
    const durations = [1_000, 30_000, 5_000];
    const known = durations.reduce(
      (before, latencyMs, at) => repeat(before, 20, names[at] ?? '', { ok: true, latencyMs }),
      start,
    );
    const request = { role: 'flash', strategy: 'adaptive' as const, now: NOW, random: () => 0.5 };
    expect(pickCandidate(known, request)?.candidate).toBe('openai/a');
    expect(pickCandidate(known, { ...request, without: ['openai/a'] })?.candidate).toBe('groq/c');
  });

  it('is not believed from a file where it contradicts itself', () => {
    const [group, ...others] = repeat(START, 3, 'openai/a', { ok: true, latencyMs: 2_000 }).groups;
    const [first, second] = group?.learned ?? [];
    const damaged = { ...group, learned: [{ ...first, successes: 99 }, second] };
    const { balancing } = parseBalancing({ arms: START.arms, groups: [damaged, ...others] });
    expect(learned(balancing, 0)).toEqual(learned(START, 0));
  });

  it('takes no figure that cannot be', () => {
    for (const senseless of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const balancing = note(START, 'openai/a', { ok: true, latencyMs: senseless, costUsd: senseless });
      expect(learned(balancing, 0)).toEqual(learned(START, 0));
      const dear = note(START, 'openai/a', { ok: true, latencyMs: 5_000, costUsd: senseless });
      expect(learned(dear, 0)).toEqual(learned(note(START, 'openai/a', { ok: true, latencyMs: 5_000 }), 0));
      expect(explainGroup(balancing, { role: 'flash', now: NOW })[0]?.latency).toBeNull();
    }
    expect(note(START, 'nobody/x', { ok: true })).toBe(START);
  });
});
