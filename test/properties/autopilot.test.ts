import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceAutopilot, MAX_REMINDERS } from '../../src/core/autopilot/advance-autopilot.ts';
import {
  type Autopilot,
  type AutopilotLimits,
  beginAutopilot,
  END_REASONS,
} from '../../src/core/autopilot/autopilot.ts';
import type { AutopilotEvent } from '../../src/core/autopilot/autopilot-event.ts';
import { listFailures } from '../../src/core/autopilot/list-failures.ts';

const limits: fc.Arbitrary<AutopilotLimits> = fc.record({
  rounds: fc.integer({ min: 1, max: 6 }),
  tokens: fc.option(fc.integer({ min: 1, max: 200 })),
  ms: fc.integer({ min: 1, max: 500 }),
});

const task = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  outcome: fc.constantFrom('done', 'own', 'failed', 'cancelled', 'skipped'),
  code: fc.constantFrom(null, 'internal', 'provider-rate-limited'),
});
const check = fc.record({
  command: fc.constantFrom('x', 'y'),
  passed: fc.boolean(),
  trace: fc.constantFrom('1', '2'),
});

type Step = (at: number) => AutopilotEvent;

const judged: fc.Arbitrary<Step> = fc
  .record({
    tasks: fc.array(task, { maxLength: 3 }),
    checks: fc.array(check, { maxLength: 2 }),
    tokens: fc.nat(60),
    more: fc.boolean(),
  })
  .map((round) => (at: number) => ({ type: 'round-judged', ...round, at }));

const steps = fc.array(
  fc.tuple(
    fc.nat(20),
    fc.oneof(
      { weight: 20, arbitrary: judged },
      {
        weight: 20,
        arbitrary: fc.constant<Step>((at) => ({ type: 'round-began', runId: 'r', tasks: ['a'], at })),
      },
      { weight: 10, arbitrary: fc.constant<Step>((at) => ({ type: 'turn-ending', at })) },
      { weight: 5, arbitrary: fc.constant<Step>((at) => ({ type: 'looked', at })) },
      { weight: 1, arbitrary: fc.constant<Step>((at) => ({ type: 'stopped', at })) },
    ),
  ),
  { maxLength: 60 },
);

/** Written down and read again after every event, as the daemon does. */
function live(set: AutopilotLimits, given: readonly (readonly [number, Step])[]): readonly Autopilot[] {
  const past = [beginAutopilot({ goal: 'g', directory: '/', checks: ['x'], limits: set, startedAt: 0 })];
  let at = 0;
  for (const [later, step] of given) {
    at += later;
    const before = past.at(-1);
    if (before === undefined) break;
    const advanced = advanceAutopilot(before, step(at));
    if (before.stage.name === 'ended') expect(advanced).toEqual({ ok: false, code: 'has-ended' });
    if (advanced.ok) past.push(JSON.parse(JSON.stringify(advanced.autopilot)));
  }
  return past;
}

describe('an autopilot, whatever happens to it', () => {
  it('never judges more rounds than it may, and ends for one of the known reasons', () => {
    fc.assert(
      fc.property(limits, steps, (set, given) => {
        const last = live(set, given).at(-1);
        expect(last?.rounds.length).toBeLessThanOrEqual(set.rounds);
        if (last?.stage.name === 'ended') expect(END_REASONS).toContain(last.stage.reason);
      }),
      { numRuns: 300 },
    );
  });

  it('always ends: by rounds if it goes on, by reminders if it does not', () => {
    fc.assert(
      fc.property(limits, steps, fc.array(judged, { minLength: 6, maxLength: 6 }), (set, given, rounds) => {
        const idle: Step = (at) => ({ type: 'turn-ending', at });
        const still = Array.from({ length: MAX_REMINDERS + 1 }, () => [0, idle] as const);
        const busy = rounds.map((round) => [0, round] as const);
        expect(live(set, [...given, ...still]).at(-1)?.stage.name).toBe('ended');
        expect(live(set, [...given, ...busy]).at(-1)?.stage.name).toBe('ended');
      }),
    );
  });

  it('ends with the reason that is true', () => {
    fc.assert(
      fc.property(limits, steps, (set, given) => {
        const past = live(set, given);
        const last = past.at(-1);
        if (last?.stage.name !== 'ended') return;
        const { reason, at } = last.stage;
        const [before, round] = [last.rounds.at(-2), last.rounds.at(-1)];
        const failures = round === undefined ? [] : listFailures(round);
        if (reason === 'goal-met' || reason === 'tasks-done') {
          expect(failures).toEqual([]);
          expect(reason === 'goal-met').toBe((round?.checks.length ?? 0) > 0);
        }
        if (reason === 'no-progress') {
          expect(failures).not.toEqual([]);
          expect(before && listFailures(before)).toEqual(failures);
        }
        if (reason === 'budget-spent') expect(last.spentTokens).toBeGreaterThanOrEqual(set.tokens ?? 0);
        if (reason === 'rounds-spent') expect(last.rounds).toHaveLength(set.rounds);
        if (reason === 'time-spent') expect(at).toBeGreaterThanOrEqual(set.ms);
        if (reason === 'not-continued') expect(last.reminders).toBe(MAX_REMINDERS);
      }),
      { numRuns: 500 },
    );
  });
});
