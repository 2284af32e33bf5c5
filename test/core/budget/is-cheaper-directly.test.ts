import { describe, expect, it } from 'vitest';
import { isCheaperDirectly } from '../../../src/core/budget/is-cheaper-directly.ts';
import { EMPTY_LEDGER, noteTasks } from '../../../src/core/budget/ledger.ts';
import type { PastTask } from '../../../src/core/budget/past-task.ts';
import { past } from './past-tasks.ts';

const five = (more: Partial<PastTask>) => [1, 2, 3, 4, 5].map(() => past(more));
const opencode = (more: Partial<PastTask>) => five({ engine: 'opencode', ...more });
const direct = (more: Partial<PastTask>) => five({ engine: 'native-tools', ...more });
const isCheaper = (...tasks: readonly PastTask[]) =>
  isCheaperDirectly(noteTasks(EMPTY_LEDGER, tasks), 'explore');

describe('whether an agent costs less with Claude Code’s own tools', () => {
  it('is told by money where all of it is known', () => {
    const cheap = { tokens: 900, costUsd: 0.1 };
    const dear = { tokens: 100, costUsd: 0.2 };
    expect(isCheaper(...opencode(dear), ...direct(cheap))).toBe(true);
    expect(isCheaper(...opencode(cheap), ...direct(dear))).toBe(false);
  });

  it('is told by tokens elsewhere', () => {
    expect(isCheaper(...opencode({ tokens: 900 }), ...direct({ tokens: 100, costUsd: 9 }))).toBe(true);
    expect(isCheaper(...opencode({ tokens: 100 }), ...direct({ tokens: 100 }))).toBe(false);
  });

  it('is not told by a few, by other agents, or by what failed', () => {
    const many = opencode({ tokens: 900 });
    expect(isCheaper(...many, ...direct({ tokens: 1 }).slice(1))).toBe(false);
    expect(isCheaper(...many, ...direct({ tokens: 1, agent: 'writer' }))).toBe(false);
    expect(isCheaper(...many, ...direct({ tokens: 1, finished: false }))).toBe(false);
  });
});
