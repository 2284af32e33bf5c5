import { expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { exitOfFailure } from '../../src/cli/run/failure-exits.ts';

it('keeps the exit codes that scripts rely on', () => {
  expect(EXIT_CODES).toEqual({
    ok: 0,
    failed: 1,
    usage: 2,
    daemonUnreachable: 3,
    taskFailed: 4,
    notRouted: 5,
    problemsFound: 6,
    overBudget: 7,
    otherVersion: 8,
    interrupted: 130,
  });
});

it.each([
  ['provider-quota-exhausted', 'taskFailed'],
  ['deadline-exceeded', 'taskFailed'],
  ['opencode-not-installed', 'failed'],
  ['draining', 'daemonUnreachable'],
  ['a-failure-of-a-newer-daemon', 'taskFailed'],
  ['toString', 'taskFailed'],
])('ends a task that failed with %s as %s', (code, exit) => {
  expect(exitOfFailure(code)).toBe(exit);
});
