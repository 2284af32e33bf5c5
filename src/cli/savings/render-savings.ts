/** Measured figures as they are, estimates with a `~`, unknown ones as such. */

import { countTokens } from '../../core/delegation/count-tokens.ts';
import type { TokenUsage } from '../../core/delegation/engine.ts';
import type { SavingsSum } from '../../core/savings/sum-savings.ts';
import type { Band } from '../../core/savings/task-savings.ts';
import type { Cli } from '../cli.ts';
import { formatDollars, formatTokens } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';
import type { SavingsReport } from './gather-savings.ts';

export function renderSavings(report: SavingsReport, { m, output }: Cli): string {
  const { savings: text } = m;
  const { rows, total, by, since, prices } = report;
  const { dim, bold } = output.colours;
  const claude = renderClaude(report, text);
  if (total.tasks === 0) return [text.nothing(), ...claude].join('\n');
  const line = (key: string, sum: SavingsSum) => [
    key,
    sum.failed === 0 ? String(sum.tasks) : text.someFailed(sum.tasks, sum.failed),
    renderTokens(sum.tokens),
    renderCost(sum, text),
    formatBand(sum.onClaudeTokens),
    `~${formatTokens(sum.answerTokens)}`,
    bold(formatBand(sum.savedTokens)),
    sum.savedUsd === null ? text.unknown() : formatUsdBand(sum.savedUsd),
  ];
  const table = renderTable([text.groupings[by], ...text.columns].map(dim), [
    ...rows.map((row) => line(printableText(row.key) || '–', row)),
    ...(rows.length > 1 ? [line(text.total(), total)] : []),
  ]);
  return [
    ...(since === null ? [] : [dim(text.since(since))]),
    table,
    '',
    ...claude,
    dim(text.method()),
    dim(text.prices(prices.asOf, prices.source)),
  ].join('\n');
}

function renderClaude({ claude }: SavingsReport, text: Messages['savings']): readonly string[] {
  const models = Object.entries(claude.byModel);
  if (models.length === 0) return [text.noClaude()];
  return [
    text.claude(renderTokens(claude.lead), renderTokens(claude.subagents)),
    ...models.map(([model, tokens]) => `  ${printableText(model)}  ${renderTokens(tokens)}`),
  ];
}

function renderTokens(tokens: TokenUsage): string {
  const { input, output, reasoning, cacheRead, cacheWrite } = tokens;
  const [read, written] = [input + cacheRead + cacheWrite, output + reasoning];
  return `${formatTokens(countTokens(tokens))} (${formatTokens(read)}↓ ${formatTokens(written)}↑)`;
}

function renderCost({ tasks, spentUsd, unknownCosts }: SavingsSum, text: Messages['savings']): string {
  if (unknownCosts === tasks) return text.unknown();
  const known = formatDollars(spentUsd);
  return unknownCosts === 0 ? known : text.partlyKnown(known, unknownCosts);
}

export function formatBand({ low, high }: Band): string {
  return low === high
    ? `~${signed(low, formatTokens)}`
    : `~${signed(low, formatTokens)}–${signed(high, formatTokens)}`;
}

export function formatUsdBand({ low, high }: Band): string {
  return low === high
    ? `~${signed(low, formatDollars)}`
    : `~${signed(low, formatDollars)}–${signed(high, formatDollars)}`;
}

/** A long answer to a short question costs more than it saves. */
function signed(value: number, format: (value: number) => string): string {
  return value < 0 ? `-${format(-value)}` : format(value);
}
