import { describe, expect, it } from 'vitest';
import { findSpentWindow } from '../../../src/core/quota/find-spent-window.ts';

const reading = (percent: number) => ({ percent, readAt: 0, resetsAt: 1_000 });

describe('findSpentWindow', () => {
  it('names the fuller of two spent windows', () => {
    const readings = { fiveHour: reading(91), weekly: reading(97) };
    expect(findSpentWindow(readings, 90, 0)).toEqual({ window: 'weekly', percent: 97 });
  });

  it('names the five-hour window when both are equally full', () => {
    expect(findSpentWindow({ fiveHour: reading(99), weekly: reading(99) }, 90, 0)?.window).toBe('fiveHour');
  });

  it('finds none among readings that are low, old or missing', () => {
    expect(findSpentWindow({ fiveHour: reading(89), weekly: null }, 90, 0)).toBeNull();
    expect(findSpentWindow({ fiveHour: reading(99), weekly: null }, 90, 1_000)).toBeNull();
  });

  it('finds none for a threshold that is no number', () => {
    expect(findSpentWindow({ fiveHour: reading(99), weekly: null }, Number.NaN, 0)).toBeNull();
  });

  it('takes a percentage for what it can be', () => {
    expect(findSpentWindow({ fiveHour: reading(250), weekly: null }, 90, 0)?.percent).toBe(100);
    expect(findSpentWindow({ fiveHour: reading(-5), weekly: null }, 0, 0)?.percent).toBe(0);
  });
});
