/** A text as an item of a list: in one line, without the spaces around it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A text of several lines, with one kind of line break and nothing empty around it. */
export function manyLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}
