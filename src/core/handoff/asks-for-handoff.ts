// Does this prompt ask for a hand-over, or does it only speak of what it names?
//
//   handoff                        the word is all there is
//   handoff to opencode, please    with other such words, and the small ones that carry them
//   opencode로 전환해 줘
//
// Whoever goes on after it says something about it: `opencode docs`, `opencode: command not found`.

/** A prompt that is longer says more than that. */
export const LONGEST_REQUEST = 200;

const SMALL =
  'to|over|this|it|the|session|now|please|pls|here|go|on|continue|지금|이|세션|세션을|작업을|좀|계속|이어서|이어가자?|진행|넘겨|해|줘|주세요|해\\s?줘|해\\s?주세요|하자|할게요?|부탁|부탁해요?|부탁합니다|넘겨\\s?줘|넘겨\\s?주세요';
/** What is written without a space behind a word. */
const PARTICLE = '(?:으?로|해|해\\s?줘|해\\s?주세요|하자|하세요|할게요?|합시다|시켜\\s?줘|부탁해)?';
const BETWEEN = '(?:\\s*,\\s*|\\s+)';

export function asksForHandoff(prompt: string, words: readonly string[]): boolean {
  // Some systems type Korean in parts that look like whole letters.
  const text = prompt.normalize('NFC').trim();
  const known = words.map((word) => escaped(word.normalize('NFC').trim())).filter(Boolean);
  if (text.length > LONGEST_REQUEST || known.length === 0) return false;
  const word = `(?:${known.join('|')})${PARTICLE}`;
  return new RegExp(`^${word}(?:${BETWEEN}(?:${word}|${SMALL}))*\\s*[.!~]*$`, 'iu').test(text);
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
