/**
 * A line of the log without the secrets in it: what a provider or OpenCode says may quote one. At once and without
 * the scanner, which answers later and would have to be loaded at every start of the daemon.
 */
import { findMoreSecrets } from '../core/secrets/find-more-secrets.ts';
import { mask } from '../core/secrets/mask.ts';

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
