/** What is expected to be spent, by model and agent. An estimate carries a `~`; what nobody knows is called so. */
import type { SpendingForecast, SpendingRow } from '../../core/budget/forecast-spending.ts';
import type { Cli } from '../cli.ts';
import { formatDollars, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';

export function renderForecast(forecast: SpendingForecast, { m, output }: Cli): string {
  const { tasks, onClaude, rows, unknownTasks } = forecast;
  const parts = [
    ...(onClaude === 0 ? [] : [m.budget.onClaude(onClaude)]),
    ...(unknownTasks === tasks ? [] : [m.budget.tokens(`~${formatTokens(forecast.tokens)}`)]),
    ...(forecast.costUsd === null ? [] : [`~${formatDollars(forecast.costUsd)}`]),
    ...(unknownTasks === 0 ? [] : [m.budget.unknownTasks(unknownTasks)]),
  ];
  const summary = `${m.budget.expected(tasks)} ${parts.join(' · ')}`;
  if (rows.length === 0) return summary;
  const lines = rows.map((row) => [
    printableText(`${row.provider}/${row.model}`),
    printableText(row.agent),
    String(row.tasks),
    describeTokens(row, m),
    row.costUsd === null ? m.budget.unknown() : `~${formatDollars(row.costUsd)}`,
  ]);
  return `${summary}\n${renderTable(m.budget.forecastColumns.map(output.talkColours.dim), lines)}`;
}

function describeTokens({ tokens, samples, unknownTasks }: SpendingRow, { budget }: Messages): string {
  if (tokens === null) return budget.unknown();
  const from = samples === 0 ? budget.given() : budget.median(samples);
  const rest = unknownTasks === 0 ? '' : ` + ${budget.unknownTasks(unknownTasks)}`;
  return `~${formatTokens(tokens)} (${from})${rest}`;
}
