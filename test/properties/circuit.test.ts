import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circuits, NO_CIRCUITS } from '../../src/core/circuit/circuit-state.ts';
import { findFirstBack, mayTry } from '../../src/core/circuit/may-try.ts';
import { noteFailure, noteSuccess } from '../../src/core/circuit/note-outcome.ts';
import { parseCircuits } from '../../src/core/circuit/parse-circuits.ts';
import { beginProbe, endProbe } from '../../src/core/circuit/probe.ts';
import { LONGEST_REST_MS } from '../../src/core/circuit/when-to-open.ts';
import type { FailureCode } from '../../src/core/delegation/failure.ts';

const CODES: readonly FailureCode[] = [
  'provider-rate-limited',
  'provider-quota-exhausted',
  'provider-unavailable',
  'provider-refused-key',
  'provider-silent',
  'provider-garbage',
  'provider-error',
  'cancelled',
  'internal',
];
const KEYS = ['openai/a', 'google/b', '__proto__'];

const key = fc.constantFrom(...KEYS);
const wait = fc.oneof(fc.constantFrom(0, 1, 60_000, 3_600_001), fc.nat(86_400_000));
/** The clock runs, and now and then it is turned back. */
const passing = fc.oneof({ weight: 9, arbitrary: wait }, { weight: 1, arbitrary: wait.map((ms) => -ms) });
const step = fc.oneof(
  fc.record({
    do: fc.constant('fail' as const),
    key,
    code: fc.constantFrom(...CODES),
    retryAfterMs: fc.option(fc.oneof(fc.integer(), fc.double()), { nil: undefined }),
    ms: passing,
  }),
  fc.record({
    do: fc.constantFrom('succeed' as const, 'probe' as const, 'give-up' as const),
    key,
    ms: passing,
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type World = { readonly circuits: Circuits; readonly now: number };

function perform({ circuits, now: before }: World, step: Step): World {
  const now = before + step.ms;
  switch (step.do) {
    case 'fail':
      return { now, circuits: noteFailure(circuits, step.key, { failed: step, now }) };
    case 'succeed':
      return { now, circuits: noteSuccess(circuits, step.key, now) };
    case 'probe':
      return { now, circuits: beginProbe(circuits, step.key, { now }) };
    case 'give-up':
      return { now, circuits: endProbe(circuits, step.key, now) };
  }
}

const history = fc
  .array(step, { maxLength: 60 })
  .map((steps) => steps.reduce(perform, { circuits: NO_CIRCUITS, now: 1_800_000_000_000 }));

describe('circuits, whatever happened to them', () => {
  it('let somebody try again within a day of any time that the clock may show', () => {
    fc.assert(
      fc.property(history, key, fc.integer(), ({ circuits, now }, key, jump) => {
        const leave = mayTry(circuits, key, now + jump);
        if (leave.may) return;
        expect(leave.until - (now + jump)).toBeGreaterThan(0);
        expect(leave.until - (now + jump)).toBeLessThanOrEqual(LONGEST_REST_MS);
        expect(mayTry(circuits, key, leave.until)).toEqual({ may: true, probe: true });
      }),
      { numRuns: 500 },
    );
  });

  it('have one probe at a time', () => {
    fc.assert(
      fc.property(history, key, ({ circuits, now }, key) => {
        const leave = mayTry(circuits, key, now);
        const probing = beginProbe(circuits, key, { now });
        if (leave.may && leave.probe) expect(mayTry(probing, key, now).may).toBe(false);
        else expect(probing).toBe(circuits);
      }),
    );
  });

  it('are closed by a success of the probe, and open after its failure', () => {
    fc.assert(
      fc.property(history, key, fc.constantFrom(...CODES.slice(0, 7)), ({ circuits, now }, key, code) => {
        const leave = mayTry(circuits, key, now);
        fc.pre(leave.may && leave.probe);
        const probing = beginProbe(circuits, key, { now });
        expect(mayTry(noteSuccess(probing, key, now), key, now)).toEqual({ may: true, probe: false });
        expect(mayTry(noteFailure(probing, key, { failed: { code }, now }), key, now).may).toBe(false);
      }),
    );
  });

  it('leave each other alone', () => {
    fc.assert(
      fc.property(history, step, (world, step) => {
        const after = perform(world, step);
        for (const other of KEYS.filter((key) => key !== step.key)) {
          expect(mayTry(after.circuits, other, after.now)).toEqual(mayTry(world.circuits, other, after.now));
        }
      }),
    );
  });

  it('survive a trip through a file', () => {
    fc.assert(
      fc.property(history, ({ circuits }) => {
        const parsed = parseCircuits(JSON.parse(JSON.stringify(circuits)));
        expect(parsed).toEqual({ circuits, refused: [] });
      }),
    );
  });

  it('are parsed from anything, into what holds all of the above', () => {
    const part = fc.oneof(fc.anything(), fc.double(), fc.constantFrom('open', 'half-open', ...CODES));
    const entry = fc.record(
      { name: part, since: part, until: part, code: part, times: part, failures: part },
      { requiredKeys: [] },
    );
    const stored = fc.oneof(fc.anything(), fc.dictionary(key, entry));
    fc.assert(
      fc.property(stored, fc.double({ noNaN: true }), (stored, now) => {
        const { circuits } = parseCircuits(stored);
        for (const key of Object.keys(circuits)) {
          const leave = mayTry(circuits, key, now);
          if (!leave.may) expect(leave.until - now).toBeLessThanOrEqual(LONGEST_REST_MS);
        }
        expect(parseCircuits(circuits)).toEqual({ circuits, refused: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('name as the first to come back one that nobody precedes', () => {
    fc.assert(
      fc.property(history, fc.subarray(KEYS), ({ circuits, now }, keys) => {
        const first = findFirstBack(circuits, keys, now);
        expect(first === null).toBe(keys.length === 0);
        if (first === null) return;
        expect(mayTry(circuits, first.key, first.at).may).toBe(true);
        for (const key of keys) {
          const leave = mayTry(circuits, key, now);
          expect(leave.may ? now : leave.until).toBeGreaterThanOrEqual(first.at);
        }
      }),
    );
  });
});
