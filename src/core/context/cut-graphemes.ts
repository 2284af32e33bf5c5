// Cutting between what people see as characters: a Hangul syllable of three parts or a family of emoji stays whole.

const MARK = '…';

let segmenter: Intl.Segmenter | null = null;

/** At most `units` code units, the mark of the cut included; a text that is short enough is left as it is. */
export function cutGraphemes(text: string, units: number): string {
  if (text.length <= units) return text;
  const room = units - MARK.length;
  if (room <= 0) return units >= MARK.length ? MARK : '';
  return `${text.slice(0, lastBoundary(text, room)).trimEnd()}${MARK}`;
}

/** A character is seldom long: from here on backwards its beginning is looked for. */
const LONGEST_CHARACTER = 256;

function lastBoundary(text: string, at: number): number {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const from = startOfLine(text, Math.max(0, at - LONGEST_CHARACTER));
  const window = text.slice(from, at + LONGEST_CHARACTER);
  let boundary = from;
  for (const { index } of segmenter.segment(window)) {
    if (from + index > at) break;
    boundary = from + index;
  }
  return boundary;
}

/** Segments have to be counted from a place that is surely a boundary: after a space or a line break. */
function startOfLine(text: string, near: number): number {
  if (near === 0) return 0;
  const found = Math.max(text.lastIndexOf(' ', near), text.lastIndexOf('\n', near));
  return found === -1 ? 0 : found + 1;
}
