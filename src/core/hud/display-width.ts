// How many columns of a terminal does a text take? Korean letters and emoji take two, marks on a letter none.

const COLOUR = /\p{Cc}\[[\d;]*m/gu;
/** Hangul, Chinese, Japanese and full-width forms, as Unicode's East Asian Width has them. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
/** What is drawn as one although it is several characters, or wide although it stands among narrow ones. */
const JOINED = /[\p{M}\p{Cf}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f|\u20e3/u;
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
const ASCII = /^[\x20-\x7e]*$/;

export function displayWidth(text: string): number {
  const plain = text.replace(COLOUR, '');
  if (ASCII.test(plain)) return plain.length;
  let width = 0;
  for (const grapheme of graphemesOf(plain)) width += widthOf(grapheme);
  return width;
}

/** As much of it as fits, with an ellipsis where something is left out. Colours are not expected in it. */
export function cutToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const grapheme of graphemesOf(text)) {
    width += widthOf(grapheme);
    if (width > columns - 1) break;
    kept += grapheme;
  }
  return columns < 1 ? '' : `${kept.trimEnd()}…`;
}

/** The segmenter is slow to begin and slow to work, and nearly never needed. */
function graphemesOf(text: string): Iterable<string> {
  if (!JOINED.test(text)) return text;
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
  return Array.from(segments, ({ segment }) => segment);
}

function widthOf(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  // Letters, arrows and blocks: all there is in most lines.
  if (grapheme.length === 1 && code < 0x1100 && code >= 0x20) return ZERO.test(grapheme) ? 0 : 1;
  if (grapheme.length === 1 && code >= 0x2190 && code < 0x2600) return EMOJI.test(grapheme) ? 2 : 1;
  if (ZERO.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}
