import { describe, expect, it } from 'vitest';
import { advanceRun } from '../../../src/core/scheduling/advance-run.ts';
import type { TaskPlan } from '../../../src/core/scheduling/plan-tasks.ts';
import type { RunEvent, RunLimits } from '../../../src/core/scheduling/run-event.ts';
import { beginRun, isOver, type RunEnd } from '../../../src/core/scheduling/run-state.ts';
import { planOf, task } from './batch-tasks.ts';

const LIMITS: RunLimits = { maxWorkers: 2, capacity: 9, tokenBudget: null, onFailure: 'continue' };
const DONE: RunEnd = { outcome: 'done' };
const FAILED: RunEnd = { outcome: 'failed', code: 'provider-silent', message: 'm' };

/** A run that is told of events by the tasks' names, and tells what it does in the same way. */
function useRun(plan: TaskPlan, changed: Partial<RunLimits> = {}) {
  const limits = { ...LIMITS, ...changed };
  let state = beginRun(plan);
  const place = (id: string) => plan.tasks.findIndex((one) => one.id === id);
  const tell = (event: RunEvent, now: Partial<RunLimits> = {}) => {
    // Whatever is kept of a run survives being written down.
    const step = advanceRun(JSON.parse(JSON.stringify(state)), event, {
      plan,
      limits: { ...limits, ...now },
    });
    state = step.state;
    return step.actions.map((action) => `${action.type} ${plan.tasks[action.task]?.id}`);
  };
  return {
    begin: (now?: Partial<RunLimits>) => tell({ type: 'look-again' }, now),
    end: (id: string, end = DONE, tokens = 0) => tell({ type: 'task-ended', task: place(id), end, tokens }),
    lose: (id: string) => tell({ type: 'task-lost', task: place(id) }),
    cancel: (id: string) => tell({ type: 'cancel-task', task: place(id) }),
    cancelAll: () => tell({ type: 'cancel-run' }),
    windUp: () => tell({ type: 'wind-up' }),
    ends: () => state.tasks.map((one) => (one.name === 'ended' ? one.end : one.name)),
    isOver: () => isOver(state),
  };
}

const skipped = (because: object) => ({ outcome: 'skipped', because });

describe('a run', () => {
  it('starts the longest way first, and the next when one has ended', () => {
    const plan = planOf(task('a'), task('b', { estimate: 3 }), task('c', { estimate: 2 }));
    const run = useRun(plan);
    expect(run.begin()).toEqual(['start b', 'start c']);
    expect(run.begin()).toEqual([]);
    expect(run.end('c')).toEqual(['start a']);
    run.end('b');
    run.end('a');
    expect(run.ends()).toEqual([DONE, DONE, DONE]);
    expect(run.isOver()).toBe(true);
  });

  it('starts no more than the pool can take', () => {
    const run = useRun(planOf(task('a'), task('b')), { capacity: 1 });
    expect(run.begin({ capacity: 0 })).toEqual([]);
    expect(run.begin()).toEqual(['start a']);
    expect(run.begin({ capacity: 2 })).toEqual(['start b']);
  });

  it.each([
    ['failed', FAILED],
    ['claude', { outcome: 'claude', reason: 'fusion-default-planner' }],
    ['cancelled', { outcome: 'cancelled' }],
  ] as const)('skips what needs one that %s, and what needs that', (outcome, end) => {
    const run = useRun(
      planOf(task('a'), task('b', { dependsOn: ['a'] }), task('c', { dependsOn: ['b'] }), task('d')),
      { maxWorkers: 1 },
    );
    run.begin();
    run.end('a', end);
    expect(run.ends()).toEqual([
      end,
      skipped({ code: 'need-not-done', task: 'a', outcome }),
      skipped({ code: 'need-not-done', task: 'b', outcome: 'skipped' }),
      'running',
    ]);
  });

  it('goes on on a file after one that failed there', () => {
    const run = useRun(planOf(task('a', { files: ['f'] }), task('b', { files: ['f'] })));
    expect(run.begin()).toEqual(['start a']);
    expect(run.end('a', FAILED)).toEqual(['start b']);
  });

  it('does not let one pass on a file because the one between was cancelled', () => {
    const files = ['f'];
    const run = useRun(planOf(task('a', { files }), task('b', { files }), task('c', { files })));
    run.begin();
    expect(run.cancel('b')).toEqual([]);
    expect(run.ends()).toEqual(['running', { outcome: 'cancelled' }, 'waiting']);
    expect(run.end('a')).toEqual(['start c']);
  });

  it('starts nothing after a failure where that was wished, and lets the others end', () => {
    const run = useRun(planOf(task('a'), task('b'), task('c'), task('d', { dependsOn: ['c'] })), {
      onFailure: 'stop',
    });
    run.begin();
    expect(run.end('c', FAILED)).toEqual([]);
    const because = skipped({ code: 'run-stopped', task: 'c' });
    expect(run.ends().slice(1, 3)).toEqual([because, FAILED]);
    run.end('a');
    expect(run.isOver()).toBe(true);
  });

  it('tells the others to end after a failure where that was wished', () => {
    const run = useRun(planOf(task('a'), task('b'), task('c')), { onFailure: 'cancel' });
    run.begin();
    expect(run.end('a', FAILED)).toEqual(['stop b']);
    run.end('b', { outcome: 'cancelled' });
    expect(run.ends()).toEqual([
      FAILED,
      { outcome: 'cancelled' },
      skipped({ code: 'run-stopped', task: 'a' }),
    ]);
  });

  it('starts nothing once the budget is spent, and tells each task so', () => {
    const run = useRun(planOf(task('a'), task('b'), task('c', { dependsOn: ['b'] })), {
      maxWorkers: 1,
      tokenBudget: 100,
    });
    run.begin();
    expect(run.end('b', DONE, 100)).toEqual([]);
    const spent = skipped({ code: 'budget-spent', tokens: 100 });
    expect(run.ends()).toEqual([spent, DONE, spent]);
  });

  it('cancels all: what runs is told to end, once; what waits has ended', () => {
    const run = useRun(planOf(task('a', { estimate: 2 }), task('b', { dependsOn: ['a'] })));
    run.begin();
    expect(run.cancelAll()).toEqual(['stop a']);
    expect(run.cancelAll()).toEqual([]);
    expect(run.ends()).toEqual(['running', { outcome: 'cancelled' }]);
    run.end('a', { outcome: 'cancelled' });
    expect(run.isOver()).toBe(true);
  });

  it('is wound up: what runs may end, and nothing else starts', () => {
    const run = useRun(planOf(task('a', { estimate: 2 }), task('b', { dependsOn: ['a'] })));
    run.begin();
    expect(run.windUp()).toEqual([]);
    expect(run.end('a')).toEqual([]);
    expect(run.ends()).toEqual([DONE, skipped({ code: 'wound-up' })]);
  });

  it('starts one again that was lost, unless it was to end', () => {
    const run = useRun(planOf(task('a', { estimate: 2 }), task('b')));
    run.begin();
    expect(run.lose('a')).toEqual(['start a']);
    run.cancel('b');
    expect(run.lose('b')).toEqual([]);
    expect(run.ends()).toEqual(['running', { outcome: 'cancelled' }]);
  });

  it('does not believe the end of one that does not run', () => {
    const run = useRun(planOf(task('a'), task('b', { dependsOn: ['a'] })));
    run.begin();
    expect(run.end('b')).toEqual([]);
    expect(run.ends()).toEqual(['running', 'waiting']);
  });

  describe('of which everybody refuses', () => {
    const LIMITED: RunEnd = { outcome: 'failed', code: 'claude-limit', message: 'm' };
    const many = (agent: string, count: number) =>
      Array.from({ length: count }, (_, at) => task(`${agent}${at}`, { agent }));

    it('stops after the third refusal in a row, once nothing runs any more', () => {
      const run = useRun(planOf(...many('a', 6)));
      expect(run.begin()).toEqual(['start a0', 'start a1']);
      expect(run.end('a0', LIMITED)).toEqual(['start a2']);
      expect(run.end('a1', LIMITED)).toEqual(['start a3']);
      expect(run.end('a2', LIMITED)).toEqual([]);
      expect(run.isOver()).toBe(false);
      run.end('a3', LIMITED);
      expect(run.ends().slice(4)).toEqual([
        skipped({ code: 'rate-limited' }),
        skipped({ code: 'rate-limited' }),
      ]);
    });

    it('goes on where one that still ran is done', () => {
      const run = useRun(planOf(...many('a', 6)));
      run.begin();
      for (const id of ['a0', 'a1', 'a2']) run.end(id, LIMITED);
      expect(run.end('a3')).toEqual(['start a4', 'start a5']);
    });

    it('tries the other agents first, one at a time', () => {
      const run = useRun(planOf(...many('a', 4), ...many('b', 2)), { maxWorkers: 3 });
      run.begin();
      for (const id of ['a0', 'a1']) run.end(id, LIMITED);
      for (const id of ['a2', 'a3']) run.end(id, LIMITED);
      expect(run.end('b0', LIMITED)).toEqual([]);
      expect(run.isOver()).toBe(true);
    });
  });
});
