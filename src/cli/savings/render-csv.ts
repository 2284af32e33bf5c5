/** The rows for a spreadsheet: plain numbers, an empty field for what is not known. */
import type { SavingsRow } from '../../core/savings/sum-savings.ts';
import type { SavingsReport } from './gather-savings.ts';

const COLUMNS: readonly (readonly [string, (row: SavingsRow) => number | null])[] = [
  ['tasks', ({ tasks }) => tasks],
  ['failed', ({ failed }) => failed],
  ['input', ({ tokens }) => tokens.input],
  ['output', ({ tokens }) => tokens.output],
  ['reasoning', ({ tokens }) => tokens.reasoning],
  ['cache_read', ({ tokens }) => tokens.cacheRead],
  ['cache_write', ({ tokens }) => tokens.cacheWrite],
  ['spent_usd', ({ spentUsd, unknownCosts, tasks }) => (unknownCosts === tasks ? null : spentUsd)],
  ['tasks_of_unknown_cost', ({ unknownCosts }) => unknownCosts],
  ['answer_tokens_estimated', ({ answerTokens }) => answerTokens],
  ['saved_tokens_low', ({ savedTokens }) => savedTokens.low],
  ['saved_tokens_high', ({ savedTokens }) => savedTokens.high],
  ['saved_usd_low', ({ savedUsd }) => savedUsd?.low ?? null],
  ['saved_usd_high', ({ savedUsd }) => savedUsd?.high ?? null],
];

export function renderCsv({ by, rows }: Pick<SavingsReport, 'by' | 'rows'>): string {
  const head = [by, ...COLUMNS.map(([name]) => name)];
  const lines = rows.map((row) => [quote(row.key), ...COLUMNS.map(([, read]) => read(row) ?? '')]);
  return [head, ...lines].map((fields) => `${fields.join(',')}\r\n`).join('');
}

/** A field that begins like a formula is run by spreadsheets. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
