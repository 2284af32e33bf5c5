import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceRun } from '../../src/core/scheduling/advance-run.ts';
import { mayMeet, parsePattern } from '../../src/core/scheduling/file-pattern.ts';
import { planTasks, type TaskPlan } from '../../src/core/scheduling/plan-tasks.ts';
import type { RunEvent, RunLimits } from '../../src/core/scheduling/run-event.ts';
import { beginRun, isOver, type RunEnd, type RunState } from '../../src/core/scheduling/run-state.ts';
import { planOf } from '../core/scheduling/batch-tasks.ts';
import { graph, limits } from './run-arbitraries.ts';

type Turn = { readonly die: number; readonly which: number };
const turns = fc.array(fc.record({ die: fc.nat(19), which: fc.nat(1_000) }), { maxLength: 60 });

const REFUSED: RunEnd = { outcome: 'failed', code: 'provider-rate-limited', message: 'm' };

const ENDS: readonly RunEnd[] = [
  { outcome: 'failed', code: 'c', message: 'm' },
  { outcome: 'claude', reason: 'r' },
  { outcome: 'cancelled' },
  REFUSED,
];

/** What the turn does to a run of which these tasks run; with no turns left, all of them end well. */
function eventOf(turn: Turn | undefined, running: readonly number[], count: number): RunEvent {
  const task = running[(turn?.which ?? 0) % Math.max(1, running.length)] ?? 0;
  const die = turn?.die ?? 19;
  if (die === 0) return { type: 'cancel-run' };
  if (die <= 2) return { type: 'cancel-task', task: (turn?.which ?? 0) % count };
  if (die === 3) return { type: 'task-lost', task };
  if (die === 4) return { type: 'look-again' };
  const end = die < 10 ? ENDS[die - 5] : undefined;
  return { type: 'task-ended', task, end: end ?? { outcome: 'done' }, tokens: 10 };
}

function live(plan: TaskPlan, set: RunLimits, steps: readonly Turn[]): RunState {
  let state = beginRun(plan);
  const running = new Set<number>();
  const check = { plan, limits: set };
  for (let at = -1; !isOver(state); at += 1) {
    // Each task ends after a turn of its own at the latest: a run that does not is starved.
    expect(at).toBeLessThan(steps.length + plan.tasks.length + 1);
    const event =
      at < 0 ? ({ type: 'look-again' } as const) : eventOf(steps[at], [...running], plan.tasks.length);
    if (event.type === 'task-ended' || event.type === 'task-lost') running.delete(event.task);
    const before = state;
    const step = advanceRun(state, event, check);
    state = JSON.parse(JSON.stringify(step.state));
    for (const action of step.actions) {
      if (action.type === 'stop') expect(running).toContain(action.task);
      else begin(action.task, state);
    }
    expectKept(before, state);
  }
  expect(running.size).toBe(0);
  return state;

  function begin(started: number, now: RunState): void {
    expect(running).not.toContain(started);
    for (const other of running) expect(conflict(plan, started, other)).toBe(false);
    for (const id of plan.tasks[started]?.dependsOn ?? []) {
      const need = now.tasks[plan.tasks.findIndex((one) => one.id === id)];
      expect(need).toEqual({ name: 'ended', end: { outcome: 'done' } });
    }
    running.add(started);
    expect(running.size).toBeLessThanOrEqual(Math.min(set.maxWorkers, set.capacity));
    expect(now.spentTokens).toBeLessThan(set.tokenBudget ?? Number.POSITIVE_INFINITY);
  }
}

/** What has ended stays as it is. */
function expectKept(before: RunState, after: RunState): void {
  before.tasks.forEach((state, at) => {
    if (state.name === 'ended') expect(after.tasks[at]).toEqual(state);
  });
}

function conflict({ tasks }: TaskPlan, one: number, other: number): boolean {
  const [left, right] = [tasks[one]?.files ?? [], tasks[other]?.files ?? []];
  return left.some((a) => right.some((b) => mayMeet(parsePattern(a), parsePattern(b))));
}

describe('a run, whatever happens in it', () => {
  it('keeps needs, conflicts and limits at each start, and gives each task exactly one end', () => {
    fc.assert(
      fc.property(graph, limits, turns, (tasks, set, steps) => {
        const state = live(planOf(...tasks), set, steps);
        expect(state.tasks.every(({ name }) => name === 'ended')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('does every task where none fails', () => {
    fc.assert(
      fc.property(graph, limits, (tasks, set) => {
        const { tasks: ended } = live(planOf(...tasks), { ...set, tokenBudget: null }, []);
        for (const state of ended) expect(state).toEqual({ name: 'ended', end: { outcome: 'done' } });
      }),
    );
  });

  it('skips only with a reason that is true', () => {
    fc.assert(
      fc.property(graph, limits, turns, (tasks, set, steps) => {
        const state = live(planOf(...tasks), set, steps);
        const endOf = (id: string) => {
          const at = state.tasks[tasks.findIndex((one) => one.id === id)];
          return at?.name === 'ended' ? at.end.outcome : null;
        };
        state.tasks.forEach((one, at) => {
          if (one.name !== 'ended' || one.end.outcome !== 'skipped') return;
          const { because } = one.end;
          if (because.code === 'need-not-done') {
            expect(tasks[at]?.dependsOn).toContain(because.task);
            expect(endOf(because.task)).toBe(because.outcome);
          } else if (because.code === 'run-stopped') {
            expect(set.onFailure).not.toBe('continue');
            expect(endOf(because.task)).toBe('failed');
          } else if (because.code === 'rate-limited') {
            const refused = state.tasks.filter((end) => isRefused(end));
            expect(refused.length).toBeGreaterThanOrEqual(3);
          } else if (because.code === 'budget-spent')
            expect(because.tokens).toBeGreaterThanOrEqual(set.tokenBudget ?? 1_000_000);
        });
      }),
    );
  });
});

const isRefused = (one: RunState['tasks'][number]) =>
  one.name === 'ended' && one.end.outcome === 'failed' && one.end.code === 'provider-rate-limited';

describe('a run in which everybody refuses for now', () => {
  it('stops soon, however many tasks it has', () => {
    const agents = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(graph, limits, agents, (drawn, set, names) => {
        const tasks = drawn.map((one, at) => ({ ...one, agent: names[at] ?? '' }));
        const plan = planOf(...tasks);
        const context = { plan, limits: { ...set, tokenBudget: null } };
        let { state, actions } = advanceRun(beginRun(plan), { type: 'look-again' }, context);
        const running = actions.map(({ task }) => task);
        let started = running.length;
        for (let task = running.shift(); task !== undefined; task = running.shift()) {
          ({ state, actions } = advanceRun(
            state,
            { type: 'task-ended', task, end: REFUSED, tokens: 0 },
            context,
          ));
          const next = actions.flatMap((action) => (action.type === 'start' ? [action.task] : []));
          running.push(...next);
          started += next.length;
        }
        expect(isOver(state)).toBe(true);
        expect(started).toBeLessThanOrEqual(2 + Math.min(set.maxWorkers, set.capacity) + 3);
      }),
    );
  });
});

describe('a graph with a circle in it', () => {
  it('is refused, and the chain that is named is one of its circles', () => {
    fc.assert(
      fc.property(graph, fc.nat(), fc.integer({ min: 1, max: 5 }), (tasks, at, length) => {
        const ring = Array.from(
          { length: Math.min(length, tasks.length) },
          (_, step) => (at + step) % tasks.length,
        );
        const closed = tasks.map((one, place) => {
          const step = ring.indexOf(place);
          const next = tasks[ring[(step + 1) % ring.length] ?? 0];
          return step < 0 || !next ? one : { ...one, dependsOn: [...one.dependsOn, next.id] };
        });
        const planned = planTasks(closed);
        const [problem] = planned.ok ? [] : planned.problems;
        if (problem?.code !== 'cycle') throw new Error('no circle was named');
        expect(problem.chain.length).toBeGreaterThan(1);
        expect(problem.chain[0]).toBe(problem.chain.at(-1));
        problem.chain.slice(1).forEach((id, step) => {
          expect(closed.find((one) => one.id === problem.chain[step])?.dependsOn).toContain(id);
        });
      }),
    );
  });
});
