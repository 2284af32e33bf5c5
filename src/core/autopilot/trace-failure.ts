// What of a failed check's output says at what it failed? The same lines after another round: nothing was gained.
// Numbers are times, ports and line numbers that move; a test that passes now takes its line along.

const ESCAPES = /\p{Cc}\[[0-9;]*[A-Za-z]/gu;
const NUMBERS = /\d+(?:\.\d+)?/g;

/** Progress bars and notices of the tools that run it come and go. */
const TELLS_FAILURE = /fail|error|not ok|panic|assert|expected|[✗✖×✘❌]/i;

/** In no order: test runners have none. */
export function traceFailure(output: string): string {
  const lines = output
    .replace(ESCAPES, '')
    .replace(NUMBERS, '#')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.filter((line) => TELLS_FAILURE.test(line));
  return (telling.length > 0 ? telling : lines).sort().join('\n');
}
