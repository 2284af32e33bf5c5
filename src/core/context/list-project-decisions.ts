/** What a project's CLAUDE.md or AGENTS.md has settled: the items under its headings that speak of decisions. */
import { listHeadings } from '../delegation/outline.ts';
import { oneLine } from './one-line.ts';

const ABOUT_DECISIONS = /decision|convention|결정|규칙|컨벤션/i;

export function listProjectDecisions(text: string): readonly string[] {
  const headings = listHeadings(text);
  return headings.flatMap(({ title, start }, index) => {
    if (!ABOUT_DECISIONS.test(title)) return [];
    return itemsIn(text.slice(start, headings[index + 1]?.start ?? text.length));
  });
}

function itemsIn(section: string): readonly string[] {
  return section.split('\n').flatMap((line) => {
    const item = /^\s{0,3}(?:[-*+]|\d+[.)])\s+(\S.*)$/.exec(line)?.[1];
    return item === undefined ? [] : [oneLine(item)];
  });
}
