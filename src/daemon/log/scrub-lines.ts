/** Lines of the log without the secrets in them: what a provider or OpenCode says may quote one. */
import { createScrub } from '../../context/scrub.ts';
import { scrubValue } from '../../context/scrub-value.ts';

/** One search for all of them: it costs hardly more than one line alone. */
export async function scrubLines(lines: readonly string[]): Promise<readonly string[]> {
  const clean = await scrubValue(lines.map(parse), await createScrub(null));
  return clean.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`));
}

/** By its texts, as they are without what JSON puts before quotes and line breaks. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
