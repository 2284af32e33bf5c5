import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceRun } from '../../src/core/scheduling/advance-run.ts';
import type { TaskPlan } from '../../src/core/scheduling/plan-tasks.ts';
import { MOST_STARTS, replayRun } from '../../src/core/scheduling/replay-run.ts';
import type { RunEvent, RunLimits } from '../../src/core/scheduling/run-event.ts';
import type { RunRecord } from '../../src/core/scheduling/run-record.ts';
import { beginRun, isOver, type RunEnd, type RunState } from '../../src/core/scheduling/run-state.ts';
import { planOf } from '../core/scheduling/batch-tasks.ts';
import { graph, limits } from './run-arbitraries.ts';

type Turn = { readonly die: number; readonly which: number };
const turns = fc.array(fc.record({ die: fc.nat(19), which: fc.nat(1_000) }), { maxLength: 60 });

const FAILED: RunEnd = { outcome: 'failed', code: 'c', message: 'm' };
const isWriter = (task: number) => task % 2 === 1;

type Life = { readonly records: readonly RunRecord[]; readonly state: RunState };

/** Goes on until the run is over, or the turns are: then whoever runs it is lost. Writes down what a daemon would. */
function live(plan: TaskPlan, set: RunLimits, steps: readonly Turn[], from?: RunState): Life {
  const records: RunRecord[] = [];
  let state = from ?? beginRun(plan);
  const running: number[] = [];
  const advance = (event: RunEvent) => {
    const before = state;
    const step = advanceRun(state, event, { plan, limits: set });
    state = step.state;
    state.tasks.forEach((one, task) => {
      if (one.name === 'ended' && before.tasks[task]?.name !== 'ended')
        records.push({ type: 'ended', task, end: one.end, tokens: 10 });
    });
    for (const action of step.actions) {
      if (action.type === 'stop') records.push({ type: 'stopping', task: action.task });
      else {
        records.push({ type: 'started', task: action.task });
        running.push(action.task);
      }
    }
  };
  advance({ type: 'look-again' });
  for (const { die, which } of steps) {
    const task = running[which % Math.max(1, running.length)];
    if (task === undefined) break;
    if (die === 0) advance({ type: 'cancel-task', task: which % plan.tasks.length });
    else if (die < 6) records.push({ type: 'prompted', task, mayWrite: isWriter(task) });
    else {
      running.splice(running.indexOf(task), 1);
      advance({ type: 'task-ended', task, end: die === 6 ? FAILED : { outcome: 'done' }, tokens: 10 });
    }
  }
  return { records, state };
}

const ENOUGH: readonly Turn[] = Array.from({ length: 60 }, () => ({ die: 19, which: 0 }));

const endsIn = (records: readonly RunRecord[]) =>
  records.flatMap((record) => (record.type === 'ended' ? [record] : []));

describe('a run whose daemon is lost', () => {
  it('ends each task exactly once, wherever its record was torn, and keeps every end that it tells', () => {
    fc.assert(
      fc.property(graph, limits, turns, fc.nat(), (tasks, set, steps, cut) => {
        const plan = planOf(...tasks);
        const { records } = live(plan, set, steps);
        const kept = records.slice(0, cut % (records.length + 1));
        const state = JSON.parse(JSON.stringify(replayRun(kept, { plan, limits: set }))) as RunState;
        expect(state.running).toBe(0);
        for (const { task, end } of endsIn(kept)) expect(state.tasks[task]).toEqual({ name: 'ended', end });

        const after = live(plan, set, ENOUGH, state);
        expect(isOver(after.state)).toBe(true);
        const ended = endsIn(after.records).map(({ task }) => task);
        const endedBefore = state.tasks.flatMap(({ name }, task) => (name === 'ended' ? [task] : []));
        expect([...endedBefore, ...ended].sort((a, b) => a - b)).toEqual([...tasks.keys()]);
      }),
      { numRuns: 300 },
    );
  });

  it('never does again what may have written, and nothing that is known to have ended', () => {
    fc.assert(
      fc.property(graph, limits, turns, fc.nat(), (tasks, set, steps, cut) => {
        const plan = planOf(...tasks);
        const { records } = live(plan, set, steps);
        const kept = records.slice(0, cut % (records.length + 1));
        const state = replayRun(kept, { plan, limits: set });
        const again = live(plan, set, ENOUGH, state).records.filter(({ type }) => type === 'started');
        for (const { task } of again) {
          expect(endsIn(kept).map((end) => end.task)).not.toContain(task);
          expect(kept).not.toContainEqual({ type: 'prompted', task, mayWrite: true });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('ends, however often its daemons are lost', () => {
    fc.assert(
      fc.property(graph, limits, (tasks, set) => {
        const plan = planOf(...tasks);
        const records: RunRecord[] = [];
        // Each life begins what may begin, and is lost at once.
        for (let lives = 0; lives < MOST_STARTS * tasks.length + 1; lives += 1) {
          const state = replayRun(records, { plan, limits: set });
          if (isOver(state)) break;
          records.push(...live(plan, set, [], state).records);
        }
        expect(isOver(replayRun(records, { plan, limits: set }))).toBe(true);
      }),
    );
  });

  it('survives a record of anything in any order', () => {
    const record = (count: number): fc.Arbitrary<RunRecord> => {
      const task = fc.nat(count);
      return fc.oneof(
        fc.record({ type: fc.constant('started' as const), task }),
        fc.record({ type: fc.constant('prompted' as const), task, mayWrite: fc.boolean() }),
        fc.record({ type: fc.constant('stopping' as const), task }),
        fc.record({
          type: fc.constant('ended' as const),
          task,
          end: fc.constantFrom<RunEnd>({ outcome: 'done' }, FAILED, { outcome: 'cancelled' }),
          tokens: fc.nat(50),
        }),
      );
    };
    const drawn = graph.chain((tasks) =>
      fc.tuple(fc.constant(tasks), fc.array(record(tasks.length), { maxLength: 40 })),
    );
    fc.assert(
      fc.property(drawn, limits, ([tasks, records], set) => {
        const plan = planOf(...tasks);
        const state = replayRun(records, { plan, limits: set });
        const after = live(plan, set, ENOUGH, state);
        expect(isOver(after.state)).toBe(true);
        expect(endsIn(after.records)).toHaveLength(state.tasks.filter(({ name }) => name !== 'ended').length);
      }),
      { numRuns: 300 },
    );
  });
});
