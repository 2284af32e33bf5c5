import { expect, it } from 'vitest';
import { describeSpan } from '../../../src/core/live/describe-time.ts';
import { liveWords } from '../../../src/core/live/live-words.ts';

it.each([
  [-5, '0 s', '0초'],
  [59_999, '59 s', '59초'],
  [184_000, '3 min 4 s', '3분 4초'],
  [7_500_000, '2 h 5 min', '2시간 5분'],
  [273_600_000, '3 d 4 h', '3일 4시간'],
])('%i ms are %s, %s', (ms, english, korean) => {
  expect(describeSpan(ms, liveWords('en'))).toBe(english);
  expect(describeSpan(ms, liveWords('ko'))).toBe(korean);
});
