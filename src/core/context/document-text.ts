// How texts stand in the document so that its parts can be found again: nothing in them looks like a heading, an
// item or a cell.

/** Lines that begin as a heading does get a backslash, and those that begin with one get another. */
export function writeLines(text: string): readonly string[] {
  return text.split('\n').map((line) => (/^[#\\]/.test(line) ? `\\${line}` : line));
}

export function readLines(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/^\\(?=[#\\])/, '')).join('\n');
}

const ENTITIES = [
  ['&', '&amp;'],
  ['|', '&#124;'],
  ['`', '&#96;'],
] as const;

export function writeCell(text: string): string {
  return ENTITIES.reduce((cell, [char, entity]) => cell.replaceAll(char, entity), text);
}

export function readCell(cell: string): string {
  return [...ENTITIES].reverse().reduce((text, [char, entity]) => text.replaceAll(entity, char), cell);
}

/** ISO 8601 with the reader's own offset, as in the seed: `2026-01-23T21:00:00+09:00`. */
export function writeTime(at: number, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  return `${local}${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
