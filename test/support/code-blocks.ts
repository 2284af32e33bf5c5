/** The fenced blocks of a Markdown text: their language and what stands in them. */
export type CodeBlock = { readonly language: string; readonly text: string; readonly line: number };

const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm;

export function findCodeBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(FENCE)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: markdown.slice(0, match.index).split('\n').length,
  }));
}
