import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceLive } from '../../src/core/live/advance-live.ts';
import { coalesceChanges } from '../../src/core/live/coalesce-changes.ts';
import type { LiveChange } from '../../src/core/live/live-change.ts';
import { beginLive } from '../../src/core/live/live-state.ts';
import {
  catchUp,
  type LiveCopy,
  type LiveHistory,
  noteChanges,
  takeUpdate,
} from '../../src/core/live/live-update.ts';
import { changes } from './live-arbitraries.ts';

const LIMITS = { tasks: 3, runs: 2, decisions: 4, problems: 2, textChars: 10 };
const NOTHING = beginLive(LIMITS);
const KEPT = 8;

const begin = (life = 'x'): LiveHistory => ({ life, seq: 0, state: NOTHING, changes: [] });

describe('what goes on', () => {
  it('is the same whether changes come one by one, all at once, or drawn together', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const oneByOne = all.reduce((state, change) => advanceLive(state, [change]), NOTHING);
        expect(advanceLive(NOTHING, all)).toEqual(oneByOne);
        expect(advanceLive(NOTHING, coalesceChanges(all))).toEqual(oneByOne);
      }),
    );
  });

  it('is kept within its limits, whatever comes', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const { tasks, runs, decisions, problems } = advanceLive(NOTHING, all);
        expect(tasks.length).toBeLessThanOrEqual(LIMITS.tasks);
        expect(runs.length).toBeLessThanOrEqual(LIMITS.runs);
        expect(decisions.length).toBeLessThanOrEqual(LIMITS.decisions);
        expect(problems.length).toBeLessThanOrEqual(LIMITS.problems);
        for (const { text } of tasks) expect(text.length).toBeLessThanOrEqual(LIMITS.textChars);
      }),
    );
  });

  it('keeps the last of what was told, and of a stream its end without half a character', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const { decisions } = advanceLive(NOTHING, all);
        const told = all.flatMap((change) => (change.type === 'decision' ? [change.decision] : []));
        expect(decisions).toEqual(told.slice(-LIMITS.decisions));
        for (const { text } of advanceLive(NOTHING, all).tasks) expect(text).not.toMatch(/^[\uDC00-\uDFFF]/);
      }),
    );
  });

  it('never gives up a task that runs for one that has ended', () => {
    fc.assert(
      fc.property(changes, (all) => {
        let before = NOTHING;
        for (const change of all) {
          const after = advanceLive(before, [change]);
          const isGone = ({ id }: { readonly id: string }) => !after.tasks.some((task) => task.id === id);
          const lost = before.tasks.filter(isGone);
          const hasEnded = after.tasks.some(({ state }) => state !== 'running');
          if (lost.some(({ state }) => state === 'running')) expect(hasEnded).toBe(false);
          before = after;
        }
      }),
    );
  });

  it('is the same to whoever reads now and then, also after breaks and another life of the daemon', () => {
    const step = fc.record({ news: changes, reads: fc.boolean(), isNewLife: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let history = begin();
        let copy: LiveCopy | null = null;
        for (const [at, { news, reads, isNewLife }] of steps.entries()) {
          if (isNewLife) history = begin(`life ${at}`);
          history = noteChanges(history, news, KEPT);
          if (!reads) continue;
          copy = takeUpdate(copy, catchUp(history, copy));
          expect(copy?.state).toEqual(history.state);
        }
        expect(history.changes.length).toBeLessThanOrEqual(KEPT);
      }),
    );
  });

  it('is asked for anew where an update does not follow on what is known', () => {
    const news: LiveChange = { type: 'problem', problem: { at: 1, code: 'c', message: 'm' } };
    const history = noteChanges(begin(), [news, news], KEPT);
    const gap = { kind: 'changes', life: 'x', seq: 3, changes: [news] } as const;
    expect(takeUpdate({ life: 'x', seq: 1, state: NOTHING }, gap)).toBeNull();
    expect(takeUpdate({ life: 'y', seq: 2, state: NOTHING }, gap)).toBeNull();
    expect(takeUpdate(null, gap)).toBeNull();
    expect(catchUp(history, { life: 'x', seq: 9 }).kind).toBe('snapshot');
  });
});
