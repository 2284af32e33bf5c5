import type { Comparison } from '../calls/compare-claude-tokens.ts';
import { formatPercent, formatTokens } from './format.ts';
import type { Look } from './look.ts';
import { renderTable } from './render-table.ts';

/** Claude's tokens with OMCM against those without it. */
export function renderComparison(comparison: Comparison, { words, colours }: Look): string {
  const { without, with: withOmcm, savedPercent } = comparison;
  const { tokenColumns: titles } = words;
  const columns = [
    { title: titles.what },
    { title: titles.without, align: 'right' },
    { title: titles.with, align: 'right' },
    { title: titles.saved, align: 'right' },
  ] as const;
  const part = (name: string, before: number | null, after: number | null) =>
    before === null || after === null ? [] : [[name, formatTokens(before), formatTokens(after), '']];
  const saved = colours.bold((savedPercent > 0 ? colours.green : colours.red)(formatPercent(savedPercent)));
  const rows = [
    ...part(words.conductor, without.conductor, withOmcm.conductor),
    ...part(words.subagents, without.subagents, withOmcm.subagents),
    [colours.bold(words.total), formatTokens(without.total), formatTokens(withOmcm.total), saved],
  ];
  return renderTable(columns, rows, colours.dim);
}
