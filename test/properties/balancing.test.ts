import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeBalancing } from '../../src/core/balancing/arrange-balancing.ts';
import { type Balancing, NO_BALANCING } from '../../src/core/balancing/balancing.ts';
import { explainGroup } from '../../src/core/balancing/explain-group.ts';
import { noteOutcome } from '../../src/core/balancing/note-outcome.ts';
import { notePick } from '../../src/core/balancing/note-pick.ts';
import { parseBalancing } from '../../src/core/balancing/parse-balancing.ts';
import { pickCandidate } from '../../src/core/balancing/pick-candidate.ts';
import { seededRandom } from '../../src/core/balancing/seeded-random.ts';
import { STRATEGIES } from '../../src/core/balancing/strategy.ts';

const START = 1_800_000_000_000;
const NAMES = ['openai/a', 'openai/b', 'google/c', 'groq/d', '__proto__'];
const ROLES = ['oracle', 'flash', 'constructor'];

const name = fc.constantFrom(...NAMES);
const role = fc.constantFrom(...ROLES);
const strategy = fc.constantFrom(...STRATEGIES);
const figure = fc.option(fc.oneof(fc.nat(100_000), fc.double()), { nil: undefined });
const ms = fc.oneof(fc.nat(1_000), fc.nat(86_400_000), fc.integer({ min: -3_600_000, max: 0 }));
const groups = fc.record({
  oracle: fc.subarray(NAMES, { minLength: 1 }),
  flash: fc.subarray(NAMES),
  constructor: fc.subarray(NAMES),
});
const event = fc.oneof(
  fc.record({
    do: fc.constant('pick' as const),
    role,
    strategy,
    without: fc.subarray(NAMES),
    ms,
  }),
  fc.record({
    do: fc.constant('end' as const),
    role,
    candidate: name,
    ok: fc.boolean(),
    latencyMs: figure,
    tokens: figure,
    costUsd: figure,
    ms,
  }),
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;
type World = {
  readonly balancing: Balancing;
  readonly now: number;
  readonly picks: readonly (string | null)[];
};

const WEIGHTS: Readonly<Record<string, number>> = { 'openai/a': 3, 'openai/b': 0 };
const weightOf = (candidate: string) => (Object.hasOwn(WEIGHTS, candidate) ? (WEIGHTS[candidate] ?? 1) : 1);

function begin(groups: Readonly<Record<string, readonly string[]>>): World {
  return { balancing: arrangeBalancing(NO_BALANCING, { groups, weightOf }), now: START, picks: [] };
}

function perform(world: World, event: Event, random: () => number): World {
  const now = world.now + event.ms;
  const { balancing, picks } = world;
  if (event.do === 'end') return { balancing: noteOutcome(balancing, { ...event, now }), now, picks };
  const choice = pickCandidate(balancing, { ...event, now, random });
  if (choice === null) return { balancing, now, picks: [...picks, null] };
  const { role } = event;
  return {
    balancing: notePick(balancing, { role, choice, now }),
    now,
    picks: [...picks, choice.candidate],
  };
}

function live(start: World, { events, seed }: { events: readonly Event[]; seed: number }): World {
  const random = seededRandom(seed);
  return events.reduce((world, event) => perform(world, event, random), start);
}

const life = fc.record({ groups, events: fc.array(event, { maxLength: 80 }), seed: fc.integer() });

describe('a pick, whatever happened before', () => {
  it('is a candidate of the role that is not left out, and there is one as long as one is left', () => {
    fc.assert(
      fc.property(
        life,
        role,
        strategy,
        fc.subarray(NAMES),
        fc.integer(),
        ({ groups, ...lived }, role, strategy, without, jump) => {
          const { balancing, now } = live(begin(groups), lived);
          const left = groups[role as 'oracle'].filter((name) => !without.includes(name));
          const random = seededRandom(lived.seed);
          const request = { role, strategy, without, now: now + jump, random };
          const choice = pickCandidate(balancing, request);
          if (left.length === 0) expect(choice).toBeNull();
          else expect(left).toContain(choice?.candidate);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is the same again for the same history and seed', () => {
    fc.assert(
      fc.property(life, ({ groups, ...lived }) => {
        const [once, again] = [live(begin(groups), lived), live(begin(groups), lived)];
        expect(again).toEqual(once);
      }),
    );
  });

  it('is the same again after a trip through a file half-way', () => {
    fc.assert(
      fc.property(life, fc.nat(80), ({ groups, events, seed }, half) => {
        const random = seededRandom(seed);
        const play = (world: World, part: readonly Event[], draw: () => number) =>
          part.reduce((before, event) => perform(before, event, draw), world);
        const before = play(begin(groups), events.slice(0, half), random);
        const parsed = parseBalancing(JSON.parse(JSON.stringify(before.balancing)));
        expect(parsed).toEqual({ balancing: before.balancing, refused: [] });
        const rest = events.slice(half);
        const [one, other] = [seededRandom(seed), seededRandom(seed)];
        expect(play({ ...before, balancing: parsed.balancing }, rest, other)).toEqual(
          play(before, rest, one),
        );
      }),
    );
  });
});

describe('turns', () => {
  it('come round to everybody, as often as to anybody else', () => {
    fc.assert(
      fc.property(fc.subarray(NAMES, { minLength: 1 }), fc.nat(40), (names, times) => {
        let { balancing } = begin({ oracle: names });
        const counts = new Map(names.map((name) => [name, 0]));
        for (let turn = 0; turn < times; turn += 1) {
          const request = { role: 'oracle', strategy: 'round-robin' as const, now: START, random: () => 0 };
          const choice = pickCandidate(balancing, request);
          if (choice === null) throw new Error('nobody was picked');
          counts.set(choice.candidate, (counts.get(choice.candidate) ?? 0) + 1);
          balancing = notePick(balancing, { role: 'oracle', choice, now: START });
        }
        expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('go on where they were when candidates come and go', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.subarray(NAMES), (turns, goneWant) => {
        let world = begin({ oracle: NAMES });
        const turn: Event = { do: 'pick', role: 'oracle', strategy: 'round-robin', without: [], ms: 0 };
        for (let taken = 0; taken <= turns; taken += 1) world = perform(world, turn, () => 0);
        const last = NAMES[turns % NAMES.length] ?? '';
        const gone = goneWant.filter((name) => name !== last);
        const names = NAMES.filter((name) => !gone.includes(name));
        const balancing = arrangeBalancing(world.balancing, { groups: { oracle: names }, weightOf });
        const next = perform({ ...world, balancing }, turn, () => 0).picks.at(-1);
        expect(next).toBe(names[(names.indexOf(last) + 1) % names.length]);
      }),
    );
  });
});

describe('100,000 draws by weight', () => {
  /** Chi-squared that a fair draw stays below in all but one of 1,000 runs, by degrees of freedom. */
  const LIMITS: Readonly<Record<number, number>> = { 1: 10.83, 2: 13.82, 4: 18.47, 9: 27.88 };

  it.each([
    ['the 3, 2 and 1 of the seed', [3, 2, 1]],
    ['the defaults 3, 2 and 2', [3, 2, 2]],
    ['two that are far apart', [99, 1]],
    ['fractions', [0.1, 0.2, 0.3, 0.15, 0.25]],
    ['ten', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ])('fall by %s', (_, weights) => {
    const names = weights.map((weight, at) => `${at}:${weight}`);
    const balancing = arrangeBalancing(NO_BALANCING, {
      groups: { oracle: names },
      weightOf: (candidate) => Number(candidate.split(':')[1]),
    });
    const counts = new Map(names.map((name) => [name, 0]));
    const random = seededRandom('chi-squared');
    for (let draw = 0; draw < 100_000; draw += 1) {
      const choice = pickCandidate(balancing, { role: 'oracle', strategy: 'weighted', now: START, random });
      counts.set(choice?.candidate ?? '', (counts.get(choice?.candidate ?? '') ?? 0) + 1);
    }
    expect(counts.size).toBe(weights.length);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const chiSquared = weights.reduce((sum, weight, at) => {
      const expected = (100_000 * weight) / total;
      return sum + ((counts.get(names[at] ?? '') ?? 0) - expected) ** 2 / expected;
    }, 0);
    expect(chiSquared).toBeLessThan(LIMITS[weights.length - 1] ?? 0);
  });
});

describe('weights', () => {
  it('fall with errors, rise with answers and with time, and stay within what was configured', () => {
    const outcomes = fc.array(fc.boolean(), { maxLength: 30 });
    fc.assert(
      fc.property(outcomes, fc.nat(600_000), (outcomes, pause) => {
        const now = (balancing: Balancing, ms = 0) =>
          explainGroup(balancing, { role: 'oracle', now: START + ms })[0]?.weightNow ?? Number.NaN;
        const note = (balancing: Balancing, ok: boolean) =>
          noteOutcome(balancing, { role: 'oracle', candidate: 'openai/a', ok, now: START });
        const balancing = outcomes.reduce(note, begin({ oracle: ['openai/a'] }).balancing);
        expect(now(balancing)).toBeGreaterThan(0);
        expect(now(balancing)).toBeLessThanOrEqual(3);
        expect(now(note(balancing, false))).toBeLessThanOrEqual(now(balancing));
        expect(now(note(balancing, true))).toBeGreaterThanOrEqual(now(balancing));
        expect(now(balancing, pause)).toBeGreaterThanOrEqual(now(balancing));
        expect(now(balancing, 600_000)).toBe(3);
      }),
    );
  });
});

describe('what is stored', () => {
  const part = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constant(null), name);
  const keysOf = (value: object) =>
    fc.record(Object.fromEntries(Object.keys(value).map((key) => [key, part])));
  const sample = begin({ oracle: NAMES }).balancing;
  const damaged = fc.record({
    arms: fc.array(fc.oneof(fc.anything(), keysOf(sample.arms[0] ?? {}), fc.constantFrom(...sample.arms))),
    groups: fc.array(
      fc.oneof(
        fc.anything(),
        fc.record({
          role,
          members: fc.oneof(fc.anything(), fc.array(fc.oneof(fc.integer(), fc.nat(5)))),
          cursor: fc.oneof(fc.anything(), fc.integer({ min: -2, max: 6 })),
          learned: fc.array(fc.oneof(fc.anything(), keysOf(sample.groups[0]?.learned[0] ?? {}))),
        }),
      ),
    ),
  });

  it('is parsed from anything into what can be picked from', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), damaged),
        role,
        strategy,
        fc.integer(),
        (stored, role, strategy, seed) => {
          const { balancing } = parseBalancing(stored);
          expect(parseBalancing(balancing)).toEqual({ balancing, refused: [] });
          const group = balancing.groups.find((group) => group.role === role);
          const names = group?.members.map((place) => balancing.arms[place]?.name) ?? [];
          const request = { role, strategy, now: START, random: seededRandom(seed) };
          const choice = pickCandidate(balancing, request);
          if (names.length === 0) expect(choice).toBeNull();
          else expect(names).toContain(choice?.candidate);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('keeps the good parts of what is damaged', () => {
    const [first, ...others] = sample.arms;
    const stored = { ...sample, arms: [{ ...first, load: -1 }, ...others] };
    const { balancing, refused } = parseBalancing(stored);
    expect(refused).toEqual(['openai/a']);
    expect(balancing.arms).toEqual(others);
    expect(balancing.groups[0]?.members).toEqual([0, 1, 2, 3]);
  });
});
