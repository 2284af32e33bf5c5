/** Which values of a `.env` file are secrets? Those that their name or their look gives away. */
import type { Finding } from './mask.ts';

const LINE =
  /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^#\n]*?))\s*(?:#.*)?$/gm;

const SECRET_NAME = /pass|pwd|secret|token|key|credential|auth|dsn|salt|private|signature|webhook/i;
const SHORTEST = 6;

export function listEnvSecrets(text: string): readonly string[] {
  return [...text.matchAll(LINE)].flatMap(([, name = '', double, single, bare]) => {
    const value = (double ?? single ?? bare ?? '').trim();
    return value.length >= SHORTEST && isSecret(name, value) ? [value] : [];
  });
}

function isSecret(name: string, value: string): boolean {
  // The words of settings are words of every text.
  if (/^(?:true|false|[a-z]+|[A-Z]+|[\d.]+)$/.test(value) && !/pass|pwd|secret/i.test(name)) return false;
  if (SECRET_NAME.test(name)) return true;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return /:\/\/[^/@\s]*:[^/@\s]*@/.test(value);
  return value.length >= 20 && !/[\s/]/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

export function findValues(text: string, values: readonly string[]): readonly Finding[] {
  return values.flatMap((value) => {
    const found: Finding[] = [];
    for (let start = text.indexOf(value); start !== -1; start = text.indexOf(value, start + value.length))
      found.push({ kind: 'env-value', start, end: start + value.length });
    return found;
  });
}
