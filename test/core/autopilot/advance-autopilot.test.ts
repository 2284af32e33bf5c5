import { describe, expect, it } from 'vitest';
import { advanceAutopilot, MAX_REMINDERS } from '../../../src/core/autopilot/advance-autopilot.ts';
import type { CheckVerdict, TaskVerdict } from '../../../src/core/autopilot/autopilot.ts';
import type { AutopilotEvent } from '../../../src/core/autopilot/autopilot-event.ts';
import { begun, onceAll, reasonOf } from './autopilots.ts';

const PASSES: CheckVerdict = { command: 'npm test', passed: true, trace: '' };
const failing = (trace: string): CheckVerdict => ({ command: 'npm test', passed: false, trace });
const did = (id: string, outcome: TaskVerdict['outcome'] = 'done', code: string | null = null) => ({
  id,
  outcome,
  code,
});

const began: AutopilotEvent = { type: 'round-began', runId: 'r', tasks: ['a'], at: 1 };
const judged = (more: Partial<Extract<AutopilotEvent, { type: 'round-judged' }>>): AutopilotEvent => ({
  type: 'round-judged',
  tasks: [did('a')],
  checks: [PASSES],
  tokens: 10,
  more: false,
  at: 2,
  ...more,
});
const turnEnding: AutopilotEvent = { type: 'turn-ending', at: 3 };

describe('an autopilot', () => {
  it('has met its goal when every task is done and every check passes', () => {
    expect(reasonOf(onceAll(begun(), began, judged({})))).toBe('goal-met');
  });

  it('says so of what the conductor did itself, too', () => {
    expect(reasonOf(onceAll(begun(), began, judged({ tasks: [did('a', 'own')] })))).toBe('goal-met');
    expect(reasonOf(onceAll(begun(), judged({ tasks: [] })))).toBe('goal-met');
  });

  it('does not call a goal met that no check has seen', () => {
    expect(reasonOf(onceAll(begun(), began, judged({ checks: [] })))).toBe('tasks-done');
  });

  it('goes on after a failure, and ends when the next round mends it', () => {
    const failed = onceAll(begun(), began, judged({ checks: [failing('x')] }));
    expect(failed.stage).toEqual({ name: 'planning' });
    expect(reasonOf(onceAll(failed, began, judged({})))).toBe('goal-met');
  });

  it('goes on with nothing failed where the conductor has more in mind', () => {
    const first = onceAll(begun(), began, judged({ more: true }));
    expect(first.stage).toEqual({ name: 'planning' });
    expect(onceAll(first, began, judged({ more: true })).stage).toEqual({ name: 'planning' });
  });

  it.each([
    ['the same check in the same way', { checks: [failing('x')] }, { checks: [failing('x')] }, 'no-progress'],
    ['the same task', { tasks: [did('a', 'failed', 'c')] }, { tasks: [did('a', 'skipped')] }, 'no-progress'],
    ['the same check at other things', { checks: [failing('x')] }, { checks: [failing('y')] }, null],
    ['another task', { tasks: [did('a', 'failed')] }, { tasks: [did('b', 'failed')] }, null],
    ['less', { tasks: [did('a', 'failed'), did('b', 'failed')] }, { tasks: [did('a', 'failed')] }, null],
  ])('that fails twice at %s: %#', (_what, first, second, reason) => {
    expect(reasonOf(onceAll(begun(), began, judged(first), began, judged(second)))).toBe(reason);
  });

  it('ends when other models refuse for their limits', () => {
    const refused = judged({ tasks: [did('a', 'failed', 'provider-quota-exhausted')] });
    expect(reasonOf(onceAll(begun(), began, refused))).toBe('rate-limited');
  });

  it('ends when the tokens of all rounds together reach its budget', () => {
    const one = onceAll(begun({ tokens: 20 }), began, judged({ checks: [failing('x')] }));
    expect(reasonOf(one)).toBeNull();
    expect(reasonOf(onceAll(one, began, judged({ checks: [failing('y')] })))).toBe('budget-spent');
  });

  it("ends when the user's budgets admit no further round", () => {
    expect(reasonOf(onceAll(begun(), { type: 'budget-refused', at: 1 }))).toBe('budget-spent');
  });

  it('ends with its last round', () => {
    expect(reasonOf(onceAll(begun({ rounds: 1 }), began, judged({ checks: [failing('x')] })))).toBe(
      'rounds-spent',
    );
  });

  it('ends with its time, whoever notices it', () => {
    const old = begun({ ms: 100 });
    for (const event of [
      { ...began, at: 100 },
      { ...turnEnding, at: 100 },
      { type: 'looked', at: 100 },
    ] as const) {
      expect(reasonOf(onceAll(old, event))).toBe('time-spent');
    }
  });

  it('judges what was done late, and calls a goal met that is', () => {
    const late = begun({ ms: 100 });
    expect(reasonOf(onceAll(late, began, judged({ at: 200 })))).toBe('goal-met');
    expect(reasonOf(onceAll(late, began, judged({ at: 200, checks: [failing('x')] })))).toBe('time-spent');
  });

  it('reminds a conductor that would end its turn, and then lets go', () => {
    let autopilot = begun();
    for (let told = 0; told < MAX_REMINDERS; told += 1) autopilot = onceAll(autopilot, turnEnding);
    expect(reasonOf(autopilot)).toBeNull();
    expect(reasonOf(onceAll(autopilot, turnEnding))).toBe('not-continued');
  });

  it('begins to count reminders anew with each step forward', () => {
    const reminded = onceAll(begun(), turnEnding, turnEnding, began, turnEnding, turnEnding);
    expect(reasonOf(reminded)).toBeNull();
    expect(onceAll(reminded, judged({ more: true })).reminders).toBe(0);
  });

  it('can be stopped at any time, once', () => {
    const stopped = onceAll(begun(), began, { type: 'stopped', at: 9 });
    expect(stopped.stage).toEqual({ name: 'ended', reason: 'stopped', at: 9 });
    expect(advanceAutopilot(stopped, { type: 'stopped', at: 10 })).toEqual({ ok: false, code: 'has-ended' });
  });

  it('has one round open at a time', () => {
    expect(advanceAutopilot(onceAll(begun(), began), began)).toEqual({ ok: false, code: 'round-open' });
  });
});
