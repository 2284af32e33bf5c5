import { bareName } from '../calls/bare-name.ts';
import type { CallRow } from '../calls/call-row.ts';
import { formatSeconds, formatTokens } from './format.ts';
import type { Look } from './look.ts';
import { renderTable } from './render-table.ts';

const UNKNOWN = '–';

/** The table of the calls: where each went, why, and what it took. */
export function renderCalls(rows: readonly CallRow[], { words, colours }: Look): string {
  const { agent, route, reason, model, requests, input, output, time } = words.columns;
  const columns = [
    { title: agent },
    { title: route },
    { title: reason },
    { title: model },
    { title: requests, align: 'right' },
    { title: input, align: 'right' },
    { title: output, align: 'right' },
    { title: time, align: 'right' },
  ] as const;
  const cells = rows.map((row) => [
    bareName(row.agent),
    row.route ? colours.cyan(words.routed) : colours.yellow(words.kept),
    row.reason ?? words.unknownReason,
    row.model === null ? row.provider : `${row.provider}/${row.model}`,
    row.requests === null ? UNKNOWN : String(row.requests),
    row.tokens === null ? UNKNOWN : formatTokens(row.tokens.input),
    row.tokens === null ? UNKNOWN : formatTokens(row.tokens.output),
    row.durationMs === null ? UNKNOWN : formatSeconds(row.durationMs),
  ]);
  return renderTable(columns, cells, colours.dim);
}
