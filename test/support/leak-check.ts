import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { describeLeftovers, waitForLeftovers } from '../../scripts/leak-check.mjs';
import { removeBuilds } from './build-once.ts';

/** Gives the run an id that everything it starts inherits, and fails the run if anything outlives it. */
export default function setup(project: TestProject): () => Promise<void> {
  process.env.OMCM_TEST_RUN ??= randomBytes(6).toString('hex');
  const run = process.env.OMCM_TEST_RUN;
  // Those of the sources as they were.
  project.onTestsRerun(async () => removeBuilds(run));
  return async () => {
    removeBuilds(run);
    const left = describeLeftovers(await waitForLeftovers(run));
    if (left.length === 0) return;
    process.stderr.write(`The tests left behind:\n  ${left.join('\n  ')}\n`);
    // Vitest prints what a teardown throws, and then calls the run a success.
    process.exitCode = 1;
  };
}
