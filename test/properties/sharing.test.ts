import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Circuit, Circuits } from '../../src/core/circuit/circuit-state.ts';
import { mayTry } from '../../src/core/circuit/may-try.ts';
import { parseCircuits } from '../../src/core/circuit/parse-circuits.ts';
import { LONGEST_REST_MS } from '../../src/core/circuit/when-to-open.ts';
import { type FailureCode, failure } from '../../src/core/delegation/failure.ts';
import { toCanonicalProvider } from '../../src/core/routing/provider-name.ts';
import { adoptCircuits, type ToldCircuit } from '../../src/core/sharing/adopt-circuits.ts';
import { findNews, listNews } from '../../src/core/sharing/circuit-news.ts';

const NOW = 1_800_000_000_000;
const CODES: readonly FailureCode[] = [
  'provider-rate-limited',
  'provider-quota-exhausted',
  'provider-unavailable',
  'provider-refused-key',
  'provider-error',
];
const PROVIDERS = ['openai', 'google', 'anthropic', 'Claude', 'mistral'];

const key = fc
  .tuple(fc.constantFrom(...PROVIDERS), fc.constantFrom('*', 'a', 'b'))
  .map(([provider, model]) => `${provider}/${model}`);
const near = fc.integer({ min: -200_000, max: 200_000 }).map((ms) => NOW + ms);
const trouble = fc.record({
  name: fc.constantFrom('open' as const, 'half-open' as const),
  code: fc.constantFrom(...CODES),
  times: fc.integer({ min: 1, max: 5 }),
  since: near,
  lasts: fc.nat(LONGEST_REST_MS),
});
const ownCircuit: fc.Arbitrary<Circuit> = fc.oneof(
  trouble.map(({ lasts, ...one }) => ({ ...one, until: one.since + lasts })),
  fc.record({ name: fc.constant('closed' as const), failures: fc.integer({ min: 1, max: 3 }), since: near }),
);
const told: fc.Arbitrary<ToldCircuit> = fc
  .record({ key, trouble, from: fc.constantFrom('devbox', 'laptop') })
  .map(({ trouble: { lasts, ...one }, ...who }) => ({ ...one, ...who, since: NOW, until: NOW + lasts }));
/** Redis has one fact for each key. */
const picture = fc.uniqueArray(told, { selector: (one) => one.key, maxLength: 8 });
const own = fc.dictionary(key, ownCircuit, { maxKeys: 8 });
const accounts = fc.subarray([...PROVIDERS, 'gemini', 'claude']);

const adopt = (circuits: Circuits, all: readonly ToldCircuit[], names: readonly string[]) =>
  adoptCircuits(circuits, { told: all, accounts: names, now: NOW });
const isOfClaude = (name: string) => toCanonicalProvider(name.split('/')[0] ?? '') === 'claude';

describe('the picture that a machine has of its team', () => {
  it('does not depend on the order of what it hears, nor on how often', () => {
    fc.assert(
      fc.property(
        own,
        fc.array(picture, { minLength: 1, maxLength: 3 }),
        accounts,
        (mine, pictures, names) => {
          const last = pictures.at(-1) ?? [];
          const once = adopt(mine, last, names);
          expect(adopt(mine, [...last].reverse(), names)).toEqual(once);
          expect(adopt(once, last, names)).toBe(once);
        },
      ),
    );
  });

  it('ends nothing early that it found out itself', () => {
    fc.assert(
      fc.property(own, picture, accounts, (mine, all, names) => {
        const after = adopt(mine, all, names);
        for (const name of Object.keys(mine)) {
          const [before, now] = [mayTry(mine, name, NOW), mayTry(after, name, NOW)];
          if (before.may) continue;
          expect(now.may ? 0 : now.until).toBeGreaterThanOrEqual(
            mine[name]?.name === 'half-open' ? NOW : before.until,
          );
          expect(now.may).toBe(false);
        }
      }),
    );
  });

  it('holds nothing of Claude, and nothing longer than a day', () => {
    fc.assert(
      fc.property(picture, accounts, (all, names) => {
        const circuits = adopt({}, all, names);
        expect(Object.keys(circuits).filter(isOfClaude)).toEqual([]);
        expect(parseCircuits(JSON.parse(JSON.stringify(circuits)))).toEqual({ circuits, refused: [] });
      }),
    );
  });

  it('is told on by nobody, and nothing of Claude is told at all', () => {
    fc.assert(
      fc.property(
        own,
        own,
        picture,
        accounts,
        fc.constantFrom(...CODES),
        (before, after, all, names, code) => {
          const teller = { accounts: names, now: NOW };
          const news = findNews({ before, after, failure: failure(code, { detail: 'overloaded' }) }, teller);
          expect([...news, ...listNews(before, teller)].filter((one) => isOfClaude(one.key))).toEqual([]);
          expect(listNews(adopt({}, all, names), teller)).toEqual([]);
        },
      ),
    );
  });
});
