// Cutting without leaving half a character: an emoji is two code units, and half of one is not text.

/** At most `length` code units from the start. */
export function takeHead(text: string, length: number): string {
  const end = Math.max(0, length);
  return text.slice(0, splitsPair(text, end) ? end - 1 : end);
}

/** At most `length` code units from the end. */
export function takeTail(text: string, length: number): string {
  const start = Math.max(0, text.length - Math.max(0, length));
  return text.slice(splitsPair(text, start) ? start + 1 : start);
}

function splitsPair(text: string, at: number): boolean {
  return isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
