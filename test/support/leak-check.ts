import { randomBytes } from 'node:crypto';
import { describeLeftovers, waitForLeftovers } from '../../scripts/leak-check.mjs';

/** Gives the run an id that everything it starts inherits, and fails the run if anything outlives it. */
export default function setup(): () => Promise<void> {
  process.env.OMCM_TEST_RUN ??= randomBytes(6).toString('hex');
  const run = process.env.OMCM_TEST_RUN;
  return async () => {
    const left = describeLeftovers(await waitForLeftovers(run));
    if (left.length === 0) return;
    process.stderr.write(`The tests left behind:\n  ${left.join('\n  ')}\n`);
    // Vitest prints what a teardown throws, and then calls the run a success.
    process.exitCode = 1;
  };
}
