import { describe, expect, it } from 'vitest';
import { pickNearest, suggestKeyPath } from '../../../src/core/config/suggest.ts';

const alwaysOne = () => 1;

describe('pickNearest', () => {
  it('picks the candidate with the fewest edits', () => {
    const edits: Readonly<Record<string, number>> = { alpha: 2, alpho: 1 };
    expect(pickNearest('alphx', ['alpha', 'alpho'], (_, word) => edits[word] ?? 9)).toBe('alpho');
  });

  it('picks none that is more than a third of the word away', () => {
    expect(pickNearest('abcdef', ['uvwxyz'], () => 3)).toBeUndefined();
    expect(pickNearest('abcdef', ['abcdxy'], () => 2)).toBe('abcdxy');
  });

  it('without a measure still knows a word in other letters', () => {
    expect(pickNearest('AUTOHANDOFF', ['threshold', 'autoHandoff'])).toBe('autoHandoff');
    expect(pickNearest('autohandof', ['autoHandoff'])).toBeUndefined();
  });
});

describe('suggestKeyPath', () => {
  it('looks among the keys of the same object first', () => {
    expect(suggestKeyPath(['opencode', 'timeouts'], alwaysOne)?.startsWith('opencode.')).toBe(true);
  });

  it('then looks for the same key elsewhere', () => {
    expect(suggestKeyPath(['mode', 'quietMode'])).toBe('notifications.quietMode');
    expect(suggestKeyPath([])).toBeUndefined();
  });
});
