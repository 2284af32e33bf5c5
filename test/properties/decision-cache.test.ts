import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExplainedRoute, explainRoute, type RouteInput } from '../../src/core/routing/decide-route.ts';
import { createDecisionCache } from '../../src/core/routing/decision-cache.ts';
import { completeRules } from '../../src/core/routing/rules.ts';
import { HOUR, NOW, routeInput } from './route-arbitraries.ts';
import { userRule } from './rule-arbitraries.ts';

const FIELDS: (keyof RouteInput)[] = [
  'agent',
  'rules',
  'mode',
  'session',
  'enabled',
  'fallback',
  'quota',
  'now',
  'permissionMode',
  'connectedModels',
  'project',
  'minuteOfDay',
  'prompt',
  'budget',
];

/** Few values of each kind, all of which matter: whatever the cache overlooked would soon give a wrong answer. */
const configs = fc
  .array(
    fc.tuple(fc.array(userRule, { maxLength: 3 }), fc.constantFrom('never' as const, 'allow' as const)),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((given) =>
    given.map(([rules, delegateWrites]) => completeRules({ rules, permissions: { delegateWrites } })),
  );
const reading = fc.option(
  fc.record({
    percent: fc.constantFrom(40, 70, 95),
    readAt: fc.constant(NOW - HOUR / 2),
    resetsAt: fc.constantFrom(NOW + HOUR, null),
  }),
);
const connected = fc.subarray([
  'openai/gpt-5.2',
  'google/gemini-3-flash',
  'openai/gpt-5.2-codex',
  'xai/grok',
]);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

function denseInput(rules: readonly RouteInput['rules'][]): fc.Arbitrary<RouteInput> {
  return fc.record({
    agent: fc.constantFrom('architect', 'explore', 'planner', 'executor', 'stranger'),
    rules: fc.constantFrom(...rules),
    mode: fc.constantFrom('default' as const, 'save-tokens' as const, 'fusion' as const),
    session: optional(fc.constantFrom('hulw' as const, 'ulw' as const)),
    enabled: fc.constantFrom(true, true, true, false),
    fallback: fc.record({ active: fc.constantFrom(true, false, false) }),
    quota: fc.record({ fiveHour: reading, weekly: reading }),
    now: fc.constantFrom(NOW, NOW + HOUR / 4, NOW + HOUR, NOW + 6 * HOUR),
    permissionMode: fc.constantFrom(undefined, 'default', 'plan', 'acceptEdits'),
    connectedModels: optional(connected.map((models) => new Set(models))),
    project: fc.constantFrom(undefined, '/work/a', '/work/b', '/home'),
    minuteOfDay: fc.constantFrom(undefined, 60, 600, 1_400),
    budget: fc.constantFrom(
      undefined,
      null,
      { reason: 'budget-day-104%', block: null },
      { reason: 'budget-day-104%', block: 'Not today.' },
      { reason: 'budget-task-~150%', block: null },
    ),
    prompt: optional(fc.record({ chars: fc.constantFrom(0, 50, 110), files: fc.constant([]) })),
  });
}

/** One call after another, each differing from the first in some of what it reads. */
const calls = configs.chain((rules) =>
  fc.tuple(
    denseInput(rules),
    fc.array(fc.tuple(denseInput(rules), fc.subarray(FIELDS, { minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 20,
    }),
  ),
);

function change(input: RouteInput, other: RouteInput, fields: readonly (keyof RouteInput)[]): RouteInput {
  return { ...input, ...Object.fromEntries(fields.map((field) => [field, other[field]])) };
}

describe('the cache of decisions', () => {
  it('gives what a fresh decision would be, whatever has changed since the last one', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 2, max: 30 }), ([first, others], kept) => {
        const cache = createDecisionCache({ situations: kept, agents: 3 });
        const same = (input: RouteInput) => expect(cache.explain(input)).toEqual(explainRoute(input));
        same(first);
        for (const [other, fields] of others) {
          // Back and forth, so that a decision of before is there to be taken by mistake.
          same(change(first, other, fields));
          same(first);
        }
        expect(cache.size()).toBeLessThanOrEqual(kept * 3);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives it for any input, sensible or not', () => {
    const cache = createDecisionCache();
    fc.assert(
      fc.property(routeInput, (input) => {
        for (const _ of [1, 2]) expect(cache.explain(input)).toEqual(explainRoute(input));
      }),
    );
  });

  it('sees a reading go stale, and a time of day come, though nothing but the clock moves', () => {
    const times = fc.array(fc.integer({ min: -200 * 60, max: 200 * 60 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(routeInput, times, (first, minutes) => {
        const cache = createDecisionCache();
        for (const minute of minutes) {
          const input = { ...first, now: first.now + minute * 60_000, minuteOfDay: Math.abs(minute) % 1_440 };
          expect(cache.explain(input)).toEqual(explainRoute(input));
        }
      }),
    );
  });

  it('is asked once for what it knows', () => {
    fc.assert(
      fc.property(routeInput, (input) => {
        fc.pre(
          input.rules.rules.every(({ when }) => when?.files === undefined && when?.fileCount === undefined),
        );
        const cache = createDecisionCache();
        const first: ExplainedRoute = cache.explain(input);
        expect(cache.explain({ ...input })).toBe(first);
      }),
    );
  });

  it('forgets what was not used for longest', () => {
    const [input] = fc.sample(routeInput, 1);
    if (input === undefined) throw new Error('nothing to ask');
    const plain = { ...input, rules: { ...input.rules, rules: [] } };
    const cache = createDecisionCache({ agents: 2 });
    const of = (agent: string) => cache.explain({ ...plain, agent });
    const [first, second] = [of('architect'), of('explore')];
    expect(of('architect')).toBe(first);
    of('writer');
    expect(of('architect')).toBe(first);
    expect(of('explore')).not.toBe(second);
  });

  it('forgets the situation that has passed for longest', () => {
    const [input] = fc.sample(routeInput, 1);
    if (input === undefined) throw new Error('nothing to ask');
    const cache = createDecisionCache({ situations: 2 });
    const situations = [
      { ...input.rules, rules: [] },
      { ...input.rules, rules: [] },
      { ...input.rules, rules: [] },
    ];
    const [first, second] = situations.map((rules) => cache.explain({ ...input, rules }));
    expect(cache.size()).toBe(2);
    expect(cache.explain({ ...input, rules: situations[1] ?? input.rules })).toBe(second);
    expect(cache.explain({ ...input, rules: situations[0] ?? input.rules })).not.toBe(first);
  });
});
