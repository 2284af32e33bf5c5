import { defineConfig } from 'vitest/config';
import { nameRetried } from './test/support/name-retried.ts';

const report = process.env.OMCM_TEST_REPORT;

/** Real processes on a machine that others use too: one that fails is tried once more, and named at the end. */
const retry = process.env.CI ? 1 : 0;

const jsonReport = (outputFile: string): ['json', { outputFile: string }] => ['json', { outputFile }];

/** Tests of these touch no process, folder or global: files may share one, which saves its start for each. */
const PURE = ['core', 'properties', 'protocol', 'context', 'mod'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    reporters: ['default', nameRetried(), ...(report ? [jsonReport(report)] : [])],
    globalSetup: ['test/support/leak-check.ts'],
    projects: [
      { test: { name: 'pure', include: PURE, isolate: false, testTimeout: 40_000 } },
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...PURE],
          // More at a time, and the daemons that they start are slower than their clients wait.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 40_000,
          retry,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/long/**'],
          // Real processes on a small machine: few files at a time and after the others, or they starve each other.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          retry,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['test/e2e/long/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/core/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { statements: 95, branches: 90, functions: 95, lines: 95 },
    },
  },
});
