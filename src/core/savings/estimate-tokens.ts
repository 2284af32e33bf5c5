/**
 * How many tokens a text takes, roughly: four characters of ASCII to a token, as the usual rule of thumb has it, and one
 * for any other, since a Korean syllable takes about one. It is only ever shown as an estimate.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let others = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) < 128) ascii += 1;
    else others += 1;
  }
  return Math.ceil(ascii / 4) + others;
}
