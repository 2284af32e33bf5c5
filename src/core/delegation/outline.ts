export type Heading = {
  /** With its hash signs: `## Findings`. */
  readonly title: string;
  /** Where its line starts in the text. */
  readonly start: number;
};

/** The Markdown headings of a text. A `# comment` inside a code fence is none. */
export function listHeadings(text: string): readonly Heading[] {
  const headings: Heading[] = [];
  let fence: string | null = null;
  let start = 0;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence === null && /^ {0,3}#{1,6}\s+\S/.test(line)) headings.push({ title: line.trim(), start });
    if (fence === null) fence = mark;
    else if (mark?.startsWith(fence)) fence = null;
    start += line.length + 1;
  }
  return headings;
}
