/** What a model says may hold control sequences; on a terminal they would do something instead of being read. */
export function printableText(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '');
}
