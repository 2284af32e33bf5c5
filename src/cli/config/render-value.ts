/** A setting as one would write it on a command line. */
export function renderValue(value: unknown): string {
  if (Array.isArray(value)) return value.every(isPlainWord) ? value.join(',') : JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isPlainWord(entry: unknown): boolean {
  return typeof entry === 'string' && !entry.includes(',');
}
