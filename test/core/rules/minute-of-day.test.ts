import { expect, it } from 'vitest';
import { minuteOfDay } from '../../../src/core/rules/minute-of-day.ts';

const at = (hour: number, minute = 0) => Date.UTC(2026, 0, 28, hour, minute);

it.each([
  ['at noon in London', at(12), 0, 720],
  ['at noon UTC in Seoul', at(12), -540, 1_260],
  ['over midnight in Seoul', at(20, 30), -540, 330],
  ['over midnight in New York', at(2), 300, 1_260],
])('minuteOfDay tells the local time: %s', (_, now, offset, minute) => {
  expect(minuteOfDay(now, offset)).toBe(minute);
});
