/** Puts a mark in place of each secret. What overlaps is one secret. */

export type Finding = { readonly kind: string; readonly start: number; readonly end: number };

export function mask(text: string, findings: readonly Finding[]): string {
  const sorted = findings
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let masked = '';
  let done = 0;
  for (const { kind, start, end } of sorted) {
    if (end <= done) continue;
    // The rest of one that began before: it has its mark already.
    if (start >= done) masked += `${text.slice(done, start)}[masked ${kind}]`;
    done = end;
  }
  return masked + text.slice(done);
}
