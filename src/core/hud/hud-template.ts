// Which parts a status line has, and in which order: `{quota} {fallback}`. What stands between two parts is shown only
// where both are.

export const SEGMENTS = [
  'tokens',
  'mode',
  'quota',
  'fallback',
  'rescue',
  'tasks',
  'saved',
  'warning',
] as const;
export type SegmentName = (typeof SEGMENTS)[number];

export const PRESETS = {
  minimal: '{quota} · {fallback} · {rescue} · {warning}',
  seed: '{tokens}',
  full: '{tokens} · {mode} · {quota} · {fallback} · {rescue} · {tasks} · {saved} · {warning}',
} as const;

export type Part = { readonly before: string; readonly name: SegmentName };

/** Names that do not exist stay as text. */
export function parseTemplate(template: string): { readonly parts: readonly Part[]; readonly after: string } {
  const pieces = template.split(/\{(\w+)\}/);
  const parts: Part[] = [];
  let text = pieces[0] ?? '';
  for (let at = 1; at < pieces.length; at += 2) {
    const name = SEGMENTS.find((known) => known === pieces[at]);
    if (name === undefined) text += `{${pieces[at]}}`;
    else {
      parts.push({ before: text, name });
      text = '';
    }
    text += pieces[at + 1] ?? '';
  }
  return { parts, after: text };
}
