import type { Reporter, TestCase } from 'vitest/node';

/** Names the tests that passed at the second try only: each is a race, in the test or in what it tests. */
export function nameRetried(): Reporter {
  const retried: string[] = [];
  return {
    onTestCaseResult: (test: TestCase) => {
      if (!test.diagnostic()?.flaky) return;
      const errors = test.result().errors ?? [];
      const why = errors.map(({ message }) => `    ${message.split('\n')[0]}\n`).join('');
      retried.push(`  ${test.module.relativeModuleId} > ${test.fullName}\n${why}`);
    },
    onTestRunEnd: () => {
      if (retried.length > 0) process.stdout.write(`Passed at the second try only:\n${retried.join('')}`);
    },
  };
}
