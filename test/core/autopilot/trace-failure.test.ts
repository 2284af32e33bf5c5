import { expect, it } from 'vitest';
import { traceFailure } from '../../../src/core/autopilot/trace-failure.ts';

it('is the same where only times, colours and the order differ', () => {
  expect(traceFailure('\u001b[31mFAIL a\u001b[0m (12.5 ms)\nFAIL b\n\n')).toBe(
    traceFailure('FAIL b\r\nFAIL a (7 ms)'),
  );
});

it('does not mind what the tools say besides', () => {
  expect(traceFailure('not ok 1 - a\nnpm notice A new version is there')).toBe(traceFailure('not ok 1 - a'));
});

it('is another one when one test less fails', () => {
  expect(traceFailure('FAIL a\nFAIL b\n2 failed')).not.toBe(traceFailure('FAIL a\n1 failed'));
});

it('is all that was said where nothing of it tells a failure', () => {
  expect(traceFailure('a\nb')).not.toBe(traceFailure('a'));
});
