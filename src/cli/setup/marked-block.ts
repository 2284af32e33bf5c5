// A few lines of ours in a file of the user's, between two marks by which they are found again.
const BEGIN = '# >>> omcm >>>';
const END = '# <<< omcm <<<';
const BLOCK = new RegExp(`\\n?${BEGIN}\\r?\\n[\\s\\S]*?${END}(?:\\r?\\n|$)`);

export function withBlock(text: string, lines: readonly string[]): string {
  const rest = withoutBlock(text);
  const gap = rest === '' || rest.endsWith('\n') ? '' : '\n';
  return `${rest}${gap}\n${[BEGIN, ...lines, END].join('\n')}\n`;
}

export function withoutBlock(text: string): string {
  return text.replace(BLOCK, '');
}
