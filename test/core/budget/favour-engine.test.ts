import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { favourEngine } from '../../../src/core/budget/favour-engine.ts';
import { EMPTY_LEDGER, type Ledger, noteTasks } from '../../../src/core/budget/ledger.ts';
import type { PastTask } from '../../../src/core/budget/past-task.ts';
import { past } from './past-tasks.ts';

const times = (count: number, more: Partial<PastTask>) => Array.from({ length: count }, () => past(more));
const opencode = (more: Partial<PastTask> = {}, count = 5) => times(count, { engine: 'opencode', ...more });
const direct = (more: Partial<PastTask> = {}, count = 5) => times(count, { engine: 'native-tools', ...more });
const ledgerOf = (tasks: readonly PastTask[]) => noteTasks(EMPTY_LEDGER, tasks);
const favour = (...tasks: readonly PastTask[]) => favourEngine(ledgerOf(tasks), 'explore');

describe('the engine that an agent is measured to cost less by', () => {
  it('is told by money where all of it is known', () => {
    const cheap = { tokens: 900, costUsd: 0.1 };
    const dear = { tokens: 100, costUsd: 0.2 };
    expect(favour(...opencode(dear), ...direct(cheap))).toBe('native-tools');
    expect(favour(...opencode(cheap), ...direct(dear))).toBe('opencode');
  });

  it('is told by tokens elsewhere, and OpenCode where they are the same', () => {
    expect(favour(...opencode({ tokens: 900 }), ...direct({ tokens: 100, costUsd: 9 }))).toBe('native-tools');
    expect(favour(...opencode({ tokens: 100 }), ...direct({ tokens: 100 }))).toBe('opencode');
  });

  it('is OpenCode as long as little is known, whatever other agents, other models and failures took', () => {
    const dear = opencode({ tokens: 900 });
    const cheap = { tokens: 1 };
    expect(favour()).toBe('opencode');
    expect(favour(...direct(cheap))).toBe('opencode');
    for (const other of [{ agent: 'writer' }, { finished: false }, { model: 'openai/gpt-5.2' }])
      expect(favour(...dear, ...direct({ ...cheap, ...other }))).not.toBe('native-tools');
  });

  it('is tried the other way after each five tasks, five times in all, and never before', () => {
    const turns: string[] = [];
    let ledger: Ledger = EMPTY_LEDGER;
    for (let task = 0; task < 40; task += 1) {
      const said = favourEngine(ledger, 'explore');
      turns.push(said);
      const engine = said === 'opencode' ? 'opencode' : 'native-tools';
      // What is tried costs more here.
      ledger = noteTasks(ledger, [past({ engine, tokens: engine === 'opencode' ? 10 : 20 })]);
    }
    const trials = turns.flatMap((said, at) => (said === 'trial' ? [at] : []));
    expect(trials).toEqual([5, 11, 17, 23, 29]);
    expect(turns.filter((said) => said === 'native-tools')).toEqual([]);
  });

  it('is not tried for ever where nothing comes of it', () => {
    let ledger: Ledger = EMPTY_LEDGER;
    let trials = 0;
    for (let task = 0; task < 300; task += 1) {
      const isTrial = favourEngine(ledger, 'explore') === 'trial';
      trials += Number(isTrial);
      const failed = past({ engine: 'native-tools', finished: false, tokens: 0 });
      ledger = noteTasks(ledger, [isTrial ? failed : past()]);
    }
    expect(trials).toBe(10);
  });

  it('favours what costs less once both are known, however the tasks came', () => {
    const cost = fc.integer({ min: 1, max: 1_000 });
    const costs = fc.array(cost, { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(costs, costs, fc.boolean(), (ours, theirs, isPriced) => {
        const taskOf = (engine: PastTask['engine']) => (amount: number) =>
          past({ engine, tokens: isPriced ? 1 : amount, costUsd: isPriced ? amount : 0 });
        const tasks = [...ours.map(taskOf('native-tools')), ...theirs.map(taskOf('opencode'))];
        const said = favour(...tasks);
        expect(favour(...tasks.toReversed())).toBe(said);
        const [best, worst] = [Math.min(...ours), Math.max(...ours)];
        if (worst < Math.min(...theirs)) expect(said).toBe('native-tools');
        if (best >= Math.max(...theirs)) expect(said).toBe('opencode');
        expect(said).not.toBe('trial');
      }),
    );
  });
});
