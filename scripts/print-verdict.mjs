// The last line of a CI run: `N passed, N failed`. `node scripts/print-verdict.mjs REPORT [failed step …]`
// Counts tests; every other step that failed counts as one more, and so does a test run that failed without
// a failing test: it did not start, or left something behind.
import { existsSync, readFileSync } from 'node:fs';

const [reportFile = '', ...failedSteps] = process.argv.slice(2);
const { passed, failed, skipped } = countTests(reportFile);
const failedElsewhere = failedSteps.filter((step) => step !== 'tests' || failed === 0);

if (skipped > 0) console.log(`skipped tests: ${skipped}`);
if (failedSteps.length > 0) console.log(`failed steps: ${failedSteps.join(', ')}`);
console.log(`${passed} passed, ${failed + failedElsewhere.length} failed`);

function countTests(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
