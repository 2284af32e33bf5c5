import { describe, expect, it } from 'vitest';
import { parseCircuits } from '../../../src/core/circuit/parse-circuits.ts';

const good = { name: 'open', since: 1_000, until: 2_000, code: 'provider-silent', times: 2 };

describe('stored circuits', () => {
  it.each([null, undefined, 7, 'open', [], [good]])('that are %j are refused as a whole', (stored) => {
    expect(parseCircuits(stored)).toEqual({ circuits: {}, refused: [''] });
  });

  it.each([
    ['no object', 'open'],
    ['no state', { ...good, name: 'ajar' }],
    ['no beginning', { ...good, since: null }],
    ['an end before its beginning', { ...good, until: 999 }],
    ['a rest of more than a day', { ...good, until: 1_001 + 86_400_000 }],
    ['a failure that does not exist', { ...good, code: 'toString' }],
    ['no count', { ...good, times: 0.5 }],
    ['closed without failures', { name: 'closed', since: 5, failures: 0 }],
  ])('with %s among them keep the others', (_, bad) => {
    expect(parseCircuits({ bad, good })).toEqual({ circuits: { good }, refused: ['bad'] });
  });

  it('lose fields that nobody knows', () => {
    expect(parseCircuits({ good: { ...good, more: 1 } }).circuits).toEqual({ good });
  });
});
