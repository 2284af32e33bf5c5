import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideNextAttempt,
  type FailedAttempt,
  listRemaining,
  mayHaveActed,
} from '../../../src/core/delegation/decide-next-attempt.ts';
import type { FailureCode } from '../../../src/core/delegation/failure.ts';
import type { Target } from '../../../src/core/routing/decision.ts';
import { parseTarget } from '../../../src/core/routing/list-targets.ts';

const FAILED: FailedAttempt = {
  code: 'provider-rate-limited',
  grant: 'read-only',
  handedOut: false,
  hadPrompt: true,
  usedTools: true,
  continues: false,
};
const CHANCES = { modelsLeft: 1, triedElsewhere: 0 };

const CODES: readonly FailureCode[] = [
  'provider-rate-limited',
  'provider-quota-exhausted',
  'provider-unavailable',
  'provider-refused-key',
  'provider-silent',
  'provider-garbage',
  'provider-error',
  'model-not-found',
  'context-overflow',
  'server-refused',
  'server-died',
  'deadline-exceeded',
  'cancelled',
  'draining',
  'internal',
];
const failedAttempts: fc.Arbitrary<FailedAttempt> = fc.record({
  code: fc.constantFrom(...CODES),
  grant: fc.constantFrom('read-only', 'edit-in-project', 'full'),
  handedOut: fc.boolean(),
  hadPrompt: fc.boolean(),
  usedTools: fc.boolean(),
  continues: fc.boolean(),
});

describe('the models that are left', () => {
  const target = (name: string) => parseTarget(name) as Target;
  const failed = target('google/gemini-3-flash');
  const others = [target('google/gemini-2.5-flash'), target('openai/gpt-5.2')];

  it.each(['provider-refused-key', 'provider-unavailable'] as const)(
    'after %s are those of other providers',
    (code) => {
      expect(listRemaining(failed, code, others).map(({ model }) => model)).toEqual(['gpt-5.2']);
    },
  );

  it.each(['provider-rate-limited', 'model-not-found', 'provider-silent'] as const)(
    'after %s are all of them',
    (code) => {
      expect(listRemaining(failed, code, others)).toEqual(others);
    },
  );
});

describe('a try that failed', () => {
  it.each([
    'provider-rate-limited',
    'provider-quota-exhausted',
    'provider-unavailable',
    'provider-refused-key',
    'no-direct-access',
    'provider-silent',
    'provider-garbage',
    'provider-error',
    'model-not-found',
  ] as const)('with %s moves to the next model, until there is none', (code) => {
    expect(decideNextAttempt({ ...FAILED, code }, CHANCES)).toBe('next-model');
    expect(decideNextAttempt({ ...FAILED, code }, { ...CHANCES, modelsLeft: 0 })).toBe('give-up');
  });

  it.each(['server-died', 'server-refused'] as const)('with %s is made elsewhere, once', (code) => {
    expect(decideNextAttempt({ ...FAILED, code }, CHANCES)).toBe('elsewhere');
    expect(decideNextAttempt({ ...FAILED, code }, { ...CHANCES, triedElsewhere: 1 })).toBe('give-up');
  });

  it.each(['cancelled', 'deadline-exceeded', 'draining', 'context-overflow', 'internal'] as const)(
    'with %s is the last',
    (code) => {
      expect(decideNextAttempt({ ...FAILED, code }, CHANCES)).toBe('give-up');
    },
  );

  it('that goes on with an earlier conversation is the last: its session knows the prompt already', () => {
    expect(decideNextAttempt({ ...FAILED, continues: true }, CHANCES)).toBe('give-up');
  });

  it('that could write and lost its server may have written what nobody was told', () => {
    const lost = { ...FAILED, code: 'server-died', grant: 'edit-in-project', usedTools: false } as const;
    expect(decideNextAttempt(lost, CHANCES)).toBe('give-up');
    expect(mayHaveActed(lost)).toBe(true);
    expect(decideNextAttempt({ ...lost, hadPrompt: false }, CHANCES)).toBe('elsewhere');
  });

  it('that could write and was refused by its provider before any tool has done nothing', () => {
    const refused = { ...FAILED, grant: 'full', usedTools: false } as const;
    expect(decideNextAttempt(refused, CHANCES)).toBe('next-model');
    expect(decideNextAttempt({ ...refused, usedTools: true }, CHANCES)).toBe('give-up');
  });

  it('is never followed by another one where something was handed out or may have been done', () => {
    fc.assert(
      fc.property(failedAttempts, (failed) => {
        const next = decideNextAttempt(failed, { modelsLeft: 5, triedElsewhere: 0 });
        if (failed.handedOut || mayHaveActed(failed)) expect(next).toBe('give-up');
      }),
    );
  });

  it('is followed by so many at most as there are models, and one', () => {
    fc.assert(
      fc.property(fc.array(failedAttempts, { maxLength: 50 }), fc.nat(5), (failures, models) => {
        let chances = { modelsLeft: models, triedElsewhere: 0 };
        let tries = 1;
        for (const failed of failures) {
          const next = decideNextAttempt(failed, chances);
          if (next === 'give-up') break;
          tries += 1;
          const { modelsLeft, triedElsewhere } = chances;
          chances =
            next === 'elsewhere'
              ? { modelsLeft, triedElsewhere: triedElsewhere + 1 }
              : { modelsLeft: modelsLeft - 1, triedElsewhere };
        }
        expect(tries).toBeLessThanOrEqual(models + 2);
      }),
    );
  });
});
