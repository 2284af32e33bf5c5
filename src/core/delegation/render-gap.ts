// What stands in place of the part that was left out: how much it was, where to read it, and its outline.

import { takeHead } from './cut-text.ts';
import { listHeadings } from './outline.ts';

export type Gap = { readonly from: number; readonly to: number };

type Terms = {
  /** Where the full text can be read, if anywhere. */
  readonly path: string | null;
  /** The notice is never longer than this. */
  readonly room: number;
};

const LONGEST_TITLE = 120;
const BREAK = '\n\n';
/** Enough for the line that says how many headings are not listed. */
const ROOM_FOR_REST = 40;

export function renderGap(text: string, gap: Gap, { path, room }: Terms): string {
  const size = `${count(gap.to - gap.from)} of ${count(text.length)} characters are left out here.`;
  const first = `[${size}${path === null ? '' : ` The full text: ${path}`}]`;
  const left = room - first.length - 2 * BREAK.length;
  if (left < 0) return takeHead('\n[…]\n', room);
  return BREAK + [first, ...fitLines(listSections(text, gap), left)].join('\n') + BREAK;
}

/** One line for each heading in the gap, with how much of the gap stands under it. */
function listSections(text: string, gap: Gap): readonly string[] {
  const inGap = listHeadings(text).filter(({ start }) => start >= gap.from && start < gap.to);
  return inGap.map(({ title, start }, i) => {
    const end = inGap[i + 1]?.start ?? gap.to;
    return `- ${takeHead(title, LONGEST_TITLE)} (${count(end - start)} characters)`;
  });
}

/** As many lines as there is room for, each after a line break. */
function fitLines(lines: readonly string[], room: number): readonly string[] {
  const kept: string[] = [];
  let left = room - ROOM_FOR_REST;
  for (const line of lines) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  const rest = lines.length - kept.length;
  return rest > 0 && room >= ROOM_FOR_REST ? [...kept, `- and ${count(rest)} more headings`] : kept;
}

function count(characters: number): string {
  return String(characters).replace(/\B(?=(\d{3})+$)/g, ',');
}
