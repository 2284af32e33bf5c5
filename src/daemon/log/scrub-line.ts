/**
 * A line of the log without the secrets in it, at once and without the scanner, which answers later: for the last lines
 * of a process that has no time for it.
 */
import { findMoreSecrets } from '../../core/secrets/find-more-secrets.ts';
import { mask } from '../../core/secrets/mask.ts';

export function scrubLine(line: string): string {
  if (findMoreSecrets(plainly(line)).length === 0) return line;
  try {
    const clean = JSON.stringify(JSON.parse(line), (_, value: unknown) =>
      typeof value === 'string' ? mask(value, findMoreSecrets(value)) : value,
    );
    return `${clean}\n`;
  } catch {
    return mask(line, findMoreSecrets(line));
  }
}

/** As its texts are, without what JSON puts before quotes and line breaks. */
function plainly(line: string): string {
  return line.replaceAll('\\"', '"').replaceAll('\\n', '\n');
}
